/** One media range of an `accept` field (RFC 9110, section 12.5.1), in lower case. */
export interface MediaRange {
  readonly name: string;
  /** As written, the weight among them. */
  readonly parameters: readonly string[];
  /** From 0, not acceptable, to 1. */
  readonly quality: number;
}

/** Reads an `accept` field, in the order in which the client wrote it. */
export function mediaRanges(accept: string): MediaRange[] {
  return accept.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return { name, parameters, quality: qualityOf(parameters) };
  });
}

/** RFC 9110, section 12.4.2. */
function qualityOf(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return Number.isNaN(quality) ? 0 : quality;
}
