import { EVENT_STREAM } from './event-stream-format.ts';
import { mediaRanges, type MediaRange } from './media-ranges.ts';
import { MULTIPART_SUBSCRIPTION } from './multipart-subscription-format.ts';
import type { StreamFormat } from './stream-format.ts';

/**
 * Finds the format in which the client takes answers that come one after the other, by its `accept` field: what it likes best, of
 * equals what it names first. Undefined when it takes none.
 */
export function acceptedStream(accept: string | undefined): StreamFormat | undefined {
  // Most clients ask for JSON alone, and need not be read any closer.
  if (accept === undefined || !/text\/event-stream|multipart\/mixed/i.test(accept)) return undefined;
  let best: { readonly format: StreamFormat; readonly quality: number } | undefined;
  for (const range of mediaRanges(accept)) {
    const format = formatOf(range);
    if (format !== undefined && range.quality > (best?.quality ?? 0)) best = { format, quality: range.quality };
  }
  return best?.format;
}

/** `multipart/mixed` by itself says nothing of what the parts look like: incremental delivery has other ones. */
function formatOf({ name, parameters }: MediaRange): StreamFormat | undefined {
  if (name === 'text/event-stream') return EVENT_STREAM;
  const isSubscription =
    name === 'multipart/mixed' && parameters.some((one) => /^subscriptionspec="?1\.0"?$/.test(one));
  return isSubscription ? MULTIPART_SUBSCRIPTION : undefined;
}
