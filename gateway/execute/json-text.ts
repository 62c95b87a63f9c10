/** What may not stand in a JSON string as it is (RFC 8259, section 7); a surrogate may be alone, which only the slow way finds out. */
const TO_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * Writes a string as JSON: the same text as `JSON.stringify`, in less time where nothing has to be escaped. `isPlain` where that is known
 * already.
 */
export function jsonString(value: string, isPlain: boolean): string {
  return isPlain || !TO_ESCAPE.test(value) ? `"${value}"` : JSON.stringify(value);
}

/** Writes a value as JSON; undefined where there is none, and where something of it is `IRRECONCILABLE`. */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
