import { clientError } from '../shared/client-error.ts';
import { connection, pageRequest, type PageArguments } from '../shared/connection.ts';
import type { ProductConnectionRecord } from './records.ts';
import type { CatalogueStore, FoundProduct, ProductPage } from './store-catalogue.ts';

/**
 * Finds products in which every word of the text occurs, or nearly so, best match first; all products, by name, when the text
 * has no words. Throws `BAD_USER_INPUT` for texts that are too long and for bad page arguments.
 */
export type SearchProducts = (text: string, args: PageArguments) => Promise<ProductConnectionRecord>;

const MAX_TEXT = 100;
const MAX_WORDS = 8;
const RANK = /^\d{1,3}(\.\d{1,6})?$/;

export function createProductSearch(store: Pick<CatalogueStore, 'search' | 'countFound'>): SearchProducts {
  return async (text, args) => {
    const words = wordsOf(text);
    const request = pageRequest(args, 3);
    const page: ProductPage = { limit: request.limit + 1, after: placeOf(request.after) };
    const [found, total] = await Promise.all([store.search(words, page), store.countFound(words)]);
    return connection<FoundProduct>(found, request, total, ({ rank, name, id }) => [rank, name, id]);
  };
}

function wordsOf(text: string): readonly string[] {
  const words = [...new Set(text.split(/\s+/).filter(Boolean))];
  if (text.length > MAX_TEXT || words.length > MAX_WORDS) {
    throw clientError('BAD_USER_INPUT', `"text" must be at most ${MAX_TEXT} characters and ${MAX_WORDS} words long.`);
  }
  return words;
}

function placeOf(keys: readonly string[] | undefined): ProductPage['after'] {
  if (keys === undefined) return undefined;
  const [rank = '', name = '', id = ''] = keys;
  if (!RANK.test(rank)) {
    throw clientError('BAD_USER_INPUT', '"after" must be a cursor that an earlier page of this list gave.');
  }
  return { rank, name, id };
}
