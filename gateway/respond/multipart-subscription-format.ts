import { inOrder } from './in-order.ts';
import { createMultipart } from './multipart.ts';
import type { StreamFormat } from './stream-format.ts';

const BOUNDARY = 'graphql';
const { start, part, end } = createMultipart(BOUNDARY);

/**
 * Subscriptions as Apollo's clients read them over HTTP (multipart subscriptions 1.0): each answer is the `payload` of a part; errors
 * that end the subscription stand beside it.
 */
export const MULTIPART_SUBSCRIPTION: StreamFormat = {
  contentType: `multipart/mixed;boundary=${BOUNDARY};subscriptionSpec=1.0`,
  start,
  heartbeat: part({}),
  next: (result) => part({ payload: inOrder(result) }),
  refused: (errors) => part({ payload: null, errors }) + end,
  interrupted: (errors) => part({ payload: null, errors }) + end,
  complete: end,
};
