import { createHash } from 'node:crypto';
import { boundedId, idempotencyKeyOf } from '../shared/bounded-text.ts';
import { clientError } from '../shared/client-error.ts';
import type { PlaceOrderInput } from './generated/resolvers.ts';

/** An order as a patient asked for it, each product once. */
export interface OrderRequest {
  readonly patientId: string;
  readonly branchId: string;
  readonly items: readonly WantedItem[];
  readonly prescriptionId: string | null;
  readonly idempotencyKey: string | null;
  /** The same for two requests that ask for the same; only where there is a key. */
  readonly requestHash: string | null;
}

export interface WantedItem {
  readonly productId: string;
  readonly quantity: number;
}

const MAX_ITEMS = 50;
const MAX_QUANTITY = 100;

/** Reads an order's input: quantities of a product that is named twice are added up. Throws `BAD_USER_INPUT`. */
export function orderRequest(patientId: string, input: PlaceOrderInput): OrderRequest {
  if (input.items.length < 1 || input.items.length > MAX_ITEMS) {
    throw clientError('BAD_USER_INPUT', `"items" must hold 1 to ${MAX_ITEMS} items.`);
  }
  const wanted = new Map<string, number>();
  for (const item of input.items) {
    const productId = boundedId('productId', item.productId);
    const quantity = (wanted.get(productId) ?? 0) + item.quantity;
    if (item.quantity < 1 || quantity > MAX_QUANTITY) {
      throw clientError('BAD_USER_INPUT', `"quantity" must be from 1 to ${MAX_QUANTITY} for each product.`);
    }
    wanted.set(productId, quantity);
  }
  const request = {
    patientId,
    branchId: boundedId('branchId', input.branchId),
    items: [...wanted].map(([productId, quantity]) => ({ productId, quantity })),
    prescriptionId: input.prescriptionId == null ? null : boundedId('prescriptionId', input.prescriptionId),
  };
  const idempotencyKey = idempotencyKeyOf(input.idempotencyKey);
  return { ...request, idempotencyKey, requestHash: idempotencyKey === null ? null : hashOf(request) };
}

function hashOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
