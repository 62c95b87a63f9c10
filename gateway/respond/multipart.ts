/** Writes JSON values as the parts of a `multipart/mixed` body (RFC 2046, section 5.1). */
export interface Multipart {
  readonly start: string;
  readonly part: (value: unknown) => string;
  /** For a value that is JSON already. */
  readonly partOf: (json: string) => string;
  readonly end: string;
}

/**
 * Makes the writer of a boundary. The delimiter that ends a part is written with it, and not when the next one comes: until then a
 * client cannot know that the part is whole.
 */
export function createMultipart(boundary: string): Multipart {
  const head = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n';
  const partOf = (json: string): string => `${head}${json}\r\n--${boundary}`;
  return {
    start: `--${boundary}`,
    part: (value) => partOf(JSON.stringify(value)),
    partOf,
    end: '--\r\n',
  };
}
