import type { Transaction } from './store.ts';

export interface IssuedPrescription {
  readonly id: string;
  readonly patientId: string;
  readonly status: string;
}

/** Notes that there is a prescription. May run again. */
export async function notePrescription(
  transaction: Transaction,
  { id, patientId, status }: IssuedPrescription,
): Promise<void> {
  await transaction.knownPrescription.createMany({ data: [{ id, patientId, status }], skipDuplicates: true });
}
