/** An amount as the schema answers it. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** Writes an amount held in hundredths (piastres, cents) as an exact decimal with two places. */
export function moneyOf(hundredths: number, currency: string): Money {
  const sign = hundredths < 0 ? '-' : '';
  const digits = String(Math.abs(hundredths)).padStart(3, '0');
  return { amount: `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency };
}
