import { clientError } from '../shared/client-error.ts';

const MAX_NAME = 200;
const MAX_EMAIL = 254;
const PHONE = /^\+?[0-9]{6,15}$/;
const EARLIEST_BIRTH = '1900-01-01';

/** A name without surrounding blanks, 1 to 200 characters. Throws `BAD_USER_INPUT`. */
export function checkedName(name: string): string {
  const trimmed = name.normalize('NFC').trim();
  if (trimmed === '' || trimmed.length > MAX_NAME || /\p{Cc}/u.test(trimmed)) {
    throw clientError('BAD_USER_INPUT', `name: must have 1 to ${MAX_NAME} characters, without control characters.`);
  }
  return trimmed;
}

/** A telephone number without separators (at most 15 digits, ITU-T E.164). Throws `BAD_USER_INPUT`. */
export function checkedPhone(phone: string): string {
  const digits = phone.replaceAll(/[\s().-]/g, '');
  if (phone.length > 40 || !PHONE.test(digits)) {
    throw clientError('BAD_USER_INPUT', 'phone: must be a number such as +201001234567, 6 to 15 digits.');
  }
  return digits;
}

/** An address of a length that mail can carry (RFC 5321, section 4.5.3.1). Throws `BAD_USER_INPUT`. */
export function checkedEmail(email: string): string {
  if (email.length > MAX_EMAIL)
    throw clientError('BAD_USER_INPUT', `email: must have at most ${MAX_EMAIL} characters.`);
  return email;
}

/** A day on which somebody alive can have been born, as in 1990-04-23. Throws `BAD_USER_INPUT`. */
export function checkedDateOfBirth(dateOfBirth: string, now: Date): string {
  if (dateOfBirth < EARLIEST_BIRTH || dateOfBirth > now.toISOString().slice(0, 10)) {
    throw clientError('BAD_USER_INPUT', `dateOfBirth: must be a day from ${EARLIEST_BIRTH} to today.`);
  }
  return dateOfBirth;
}
