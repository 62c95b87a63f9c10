import { createHash } from 'node:crypto';
import { clientError } from '../shared/client-error.ts';
import { checkedText } from './checked-text.ts';
import type { AppointmentRecord } from './records.ts';
import type { BookingKey, ChangeStore } from './store-changes.ts';

const MAX_KEY = 200;

/** The key of a request to book, with a digest of what it asks for. Throws `BAD_USER_INPUT` when the key is too long. */
export function bookingKey(
  idempotencyKey: string | null | undefined,
  request: readonly (string | null)[],
): BookingKey | undefined {
  const checked = checkedText('idempotencyKey', idempotencyKey, MAX_KEY);
  if (checked === null) return undefined;
  return {
    idempotencyKey: checked,
    requestDigest: createHash('sha256').update(JSON.stringify(request)).digest('base64url'),
  };
}

/** The appointment that the same request booked before. Throws `CONFLICT` when the key belongs to a different request. */
export async function replayedBooking(
  changes: Pick<ChangeStore, 'bookedUnder'>,
  bookedBy: string,
  key: BookingKey | undefined,
): Promise<AppointmentRecord | undefined> {
  if (key === undefined) return undefined;
  const earlier = await changes.bookedUnder(bookedBy, key.idempotencyKey);
  if (earlier === undefined || earlier.requestDigest === key.requestDigest) return earlier?.appointment;
  throw clientError(
    'CONFLICT',
    'This "idempotencyKey" was used for a different booking: use a new one for each booking.',
  );
}
