import { AskedSelection } from './asked-selection.ts';
import type { Place, Source } from './place.ts';
import type { PlainRequest } from './plain-request.ts';

export type MakeRequest = typeof newRequest;

/** Makes a request for objects of a place. */
export function newRequest(
  place: Place,
  where: AskedSelection['where'],
  needs: Pick<PlainRequest, 'section' | 'represented' | 'taken' | 'after'>,
): Source {
  // Objects are sent with what they are.
  if (needs.represented !== undefined) place.base?.selection.addType();
  const selection = new AskedSelection(where);
  return { request: { subgraph: where.subgraph, path: place.path, selection, ...needs }, selection };
}
