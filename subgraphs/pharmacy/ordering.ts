import { randomUUID } from 'node:crypto';
import { clientError } from '../shared/client-error.ts';
import { fulfil, type Total } from './fulfilment.ts';
import type { PlaceOrderInput } from './generated/resolvers.ts';
import { orderRequest, type OrderRequest } from './order-request.ts';
import type { OrderPlacedRecord, OrderRecord, PlaceOrderResultRecord, ProductRecord } from './records.ts';
import type { CatalogueStore } from './store-catalogue.ts';
import type { OrderStore, OrderTransaction } from './store-orders.ts';

export interface OrderingOptions {
  readonly store: Pick<OrderStore, 'inTransaction' | 'orderUnderKey' | 'prescription'> &
    Pick<CatalogueStore, 'products' | 'branches'>;
  readonly now: () => Date;
}

/**
 * Orders products from one branch for a patient: all of them, or none (`OutOfStock`). Throws `BAD_USER_INPUT` for what does not
 * exist and for a missing or unfit prescription, `CONFLICT` when the idempotency key was used for another order.
 */
export type PlaceOrder = (patientId: string, input: PlaceOrderInput) => Promise<PlaceOrderResultRecord>;

export function createPlaceOrder({ store, now }: OrderingOptions): PlaceOrder {
  return async (patientId, input) => {
    const request = orderRequest(patientId, input);
    // Before anything else: a request that is repeated gets its order, whatever has changed since.
    const earlier = await earlierOrder(store, request);
    if (earlier !== null) return earlier;
    const products = await demandKnown(store, request);
    await demandPrescription(store, request, products);
    return store.inTransaction((transaction) => placeOnce(transaction, request, now()));
  };
}

/** The order that the request's key stands for already. */
async function earlierOrder(
  store: Pick<OrderTransaction, 'orderUnderKey'>,
  { patientId, idempotencyKey, requestHash }: OrderRequest,
): Promise<OrderPlacedRecord | null> {
  if (idempotencyKey === null) return null;
  const order = await store.orderUnderKey(patientId, idempotencyKey);
  if (order === null) return null;
  if (order.requestHash !== requestHash) {
    throw clientError('CONFLICT', 'This "idempotencyKey" was used for another order; take a new one.');
  }
  return { kind: 'OrderPlaced', order };
}

async function demandKnown(
  store: Pick<CatalogueStore, 'products' | 'branches'>,
  { branchId, items }: OrderRequest,
): Promise<readonly ProductRecord[]> {
  const ids = items.map(({ productId }) => productId);
  const [branches, products] = await Promise.all([store.branches([branchId]), store.products(ids)]);
  if (branches.length === 0) {
    throw clientError('BAD_USER_INPUT', `There is no branch "${branchId}"; take "branchId" from a product's stock.`);
  }
  const known = new Set(products.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw clientError('BAD_USER_INPUT', `There is no product "${unknown}"; take "productId" from searchProducts.`);
  }
  return products;
}

/** A prescription of somebody else reads like one that does not exist. */
async function demandPrescription(
  store: Pick<OrderStore, 'prescription'>,
  { patientId, prescriptionId }: OrderRequest,
  products: readonly ProductRecord[],
): Promise<void> {
  if (prescriptionId === null) {
    const prescribed = products.find(({ prescriptionRequired }) => prescriptionRequired === true);
    if (prescribed === undefined) return;
    throw clientError(
      'BAD_USER_INPUT',
      `"${prescribed.name}" requires a prescription: give "prescriptionId", an active prescription of yours.`,
    );
  }
  const prescription = await store.prescription(prescriptionId);
  if (prescription?.patientId !== patientId || prescription.status !== 'ACTIVE') {
    throw clientError('BAD_USER_INPUT', '"prescriptionId" must be the id of an active prescription of yours.');
  }
}

async function placeOnce(
  transaction: OrderTransaction,
  request: OrderRequest,
  createdAt: Date,
): Promise<PlaceOrderResultRecord> {
  if (request.idempotencyKey !== null) await transaction.holdKey(request.patientId, request.idempotencyKey);
  const earlier = await earlierOrder(transaction, request);
  if (earlier !== null) return earlier;
  const offers = await transaction.holdStock(
    request.branchId,
    request.items.map(({ productId }) => productId),
  );
  const fulfilment = fulfil(request.items, offers);
  if (fulfilment.kind === 'short') return { kind: 'OutOfStock', items: fulfilment.items };
  const order = newOrder(request, fulfilment.total, createdAt);
  const { prescriptionId, idempotencyKey, requestHash } = request;
  await transaction.place({ ...order, prescriptionId, idempotencyKey, requestHash, lines: fulfilment.lines });
  return { kind: 'OrderPlaced', order };
}

function newOrder(
  { patientId, branchId }: OrderRequest,
  { hundredths, currency }: Total,
  createdAt: Date,
): OrderRecord {
  return { id: randomUUID(), patientId, branchId, status: 'PLACED', totalHundredths: hundredths, currency, createdAt };
}
