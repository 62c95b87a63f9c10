import { clientError } from '../shared/client-error.ts';

/** Characters that a client may give as a reason; the database holds no more. */
export const MAX_REASON = 1000;

/** A text of a client without the blanks around it; nothing when it is empty. Throws `BAD_USER_INPUT` when it is too long. */
export function checkedText(field: string, text: string | null | undefined, maxLength: number): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed.length > maxLength) {
    throw clientError('BAD_USER_INPUT', `"${field}" may have at most ${maxLength} characters.`);
  }
  return trimmed === '' ? null : trimmed;
}
