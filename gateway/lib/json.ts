/** JSON: a text where it is short, as Node sends such a one together with the head of a response; else bytes in UTF-8. */
export type Json = string | Buffer;

/** JSON as a text. */
export function jsonTextOf(json: Json): string {
  return typeof json === 'string' ? json : json.toString();
}
