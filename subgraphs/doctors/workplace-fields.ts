import { moneyOf, type Money } from '../shared/money.ts';
import type { GeoPoint, PostalAddress } from './generated/resolvers.ts';
import type { WorkplaceRecord } from './records.ts';

/** What a consultation costs at a workplace. */
export function consultationFee({ feeHundredths, currency }: WorkplaceRecord): Money {
  return moneyOf(feeHundredths, currency);
}

/** The postal address of a workplace. */
export function addressOf({ street, city, state, postalCode, country }: WorkplaceRecord): PostalAddress {
  return { street, city, state, postalCode, country };
}

/** Where a workplace is, as far as that is known. */
export function locationOf({ latitude, longitude }: WorkplaceRecord): GeoPoint | null {
  return latitude === null || longitude === null ? null : { latitude, longitude };
}
