import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/pharmacy/generated/client.ts';
import type { LatestFirstRequest } from '../shared/latest-first.ts';
import type { DeliveryRecord, OrderItemRecord, OrderRecord } from './records.ts';
import type { Database, Transaction } from './store.ts';

/** What a branch has of a product, as long as the transaction holds it. */
export interface Offer {
  readonly productId: string;
  readonly quantity: number;
  readonly priceHundredths: number;
  readonly currency: string;
}

export interface NewOrder extends OrderRecord {
  readonly prescriptionId: string | null;
  readonly idempotencyKey: string | null;
  readonly requestHash: string | null;
  readonly lines: readonly OrderLine[];
}

export interface OrderLine {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceHundredths: number;
}

/** An order under its idempotency key, with the hash of the request that made it. */
export type KeyedOrder = OrderRecord & { readonly requestHash: string | null };

/** What placing an order may do within its transaction. */
export interface OrderTransaction {
  /** Makes other requests with the same key wait until this transaction has ended. */
  holdKey(patientId: string, idempotencyKey: string): Promise<void>;
  orderUnderKey(patientId: string, idempotencyKey: string): Promise<KeyedOrder | null>;
  /** What the branch has of the products, held for this transaction. Rows are locked in the order of their products. */
  holdStock(branchId: string, productIds: readonly string[]): Promise<Offer[]>;
  /** Takes the lines from the stock and writes the order. Rejects, so that nothing is written, when a line is not there. */
  place(order: NewOrder): Promise<void>;
}

/** A prescription as far as a pharmacy knows it. */
export interface KnownPrescription {
  readonly patientId: string;
  readonly status: string;
}

type Ids = readonly string[];

const ORDER_COLUMNS = Prisma.sql`id, patient_id AS "patientId", branch_id AS "branchId", status,
  total_hundredths::float8 AS "totalHundredths", currency, created_at AS "createdAt"`;

export type OrderStore = ReturnType<typeof createOrderStore>;

/** Reads and writes orders. */
export function createOrderStore(database: Database) {
  return {
    orders(ids: Ids): Promise<OrderRecord[]> {
      return database.$queryRaw<OrderRecord[]>`SELECT ${ORDER_COLUMNS} FROM orders WHERE id = ANY(${[...ids]})`;
    },
    itemsOfOrders(orderIds: Ids): Promise<OrderItemRecord[]> {
      return database.$queryRaw<OrderItemRecord[]>`
        SELECT item.id, order_id AS "orderId", product_id AS "productId", quantity,
          unit_price_hundredths AS "unitPriceHundredths", currency
        FROM order_item AS item JOIN orders ON orders.id = order_id
        WHERE order_id = ANY(${[...orderIds]}) ORDER BY order_id, position`;
    },
    deliveriesOfOrders(orderIds: Ids): Promise<DeliveryRecord[]> {
      return database.delivery.findMany({ where: { orderId: { in: [...orderIds] } } });
    },
    /** A patient's orders, latest first, one more than the page holds. */
    ordersOfPatient(patientId: string, { page, after }: LatestFirstRequest): Promise<OrderRecord[]> {
      const following =
        after === undefined
          ? Prisma.empty
          : Prisma.sql`AND created_at <= ${after.occurredAt} AND (created_at < ${after.occurredAt} OR id > ${after.id})`;
      return database.$queryRaw<OrderRecord[]>`
        SELECT ${ORDER_COLUMNS} FROM orders WHERE patient_id = ${patientId} ${following}
        ORDER BY created_at DESC, id LIMIT ${page.limit + 1}`;
    },
    countOrders(patientId: string): Promise<number> {
      return database.order.count({ where: { patientId } });
    },
    prescription(id: string): Promise<KnownPrescription | null> {
      return database.knownPrescription.findUnique({ where: { id } });
    },
    orderUnderKey: (patientId: string, idempotencyKey: string) => orderUnderKey(database, patientId, idempotencyKey),
    inTransaction<Result>(work: (transaction: OrderTransaction) => Promise<Result>): Promise<Result> {
      return database.$transaction((transaction) => work(orderTransaction(transaction)));
    },
  };
}

function orderTransaction(transaction: Transaction): OrderTransaction {
  return {
    async holdKey(patientId, idempotencyKey) {
      // Two keys of 32 bits: another key space than that of single 64-bit locks.
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${patientId}), hashtext(${idempotencyKey}))`;
    },
    orderUnderKey: (patientId, idempotencyKey) => orderUnderKey(transaction, patientId, idempotencyKey),
    // Everybody locks in the same order, so no two orders can wait for each other in a circle.
    holdStock: (branchId, productIds) => transaction.$queryRaw<Offer[]>`
      SELECT product_id AS "productId", quantity, price_hundredths AS "priceHundredths", currency FROM stock
      WHERE branch_id = ${branchId} AND product_id = ANY(${[...productIds]})
      ORDER BY product_id FOR UPDATE`,
    place: (order) => place(transaction, order),
  };
}

async function orderUnderKey(
  database: Pick<Transaction, '$queryRaw'>,
  patientId: string,
  idempotencyKey: string,
): Promise<KeyedOrder | null> {
  const rows = await database.$queryRaw<KeyedOrder[]>`
    SELECT ${ORDER_COLUMNS}, request_hash AS "requestHash" FROM orders
    WHERE patient_id = ${patientId} AND idempotency_key = ${idempotencyKey}`;
  return rows[0] ?? null;
}

async function place(transaction: Transaction, { lines, ...order }: NewOrder): Promise<void> {
  const taken = await transaction.$executeRaw`
    UPDATE stock SET quantity = stock.quantity - line.quantity
    FROM unnest(${lines.map(({ productId }) => productId)}::text[], ${lines.map(({ quantity }) => quantity)}::int[])
      AS line (product_id, quantity)
    WHERE branch_id = ${order.branchId} AND stock.product_id = line.product_id AND stock.quantity >= line.quantity`;
  if (taken !== lines.length) throw new Error('the stock changed while it was held');
  await transaction.order.create({ data: { ...order, totalHundredths: BigInt(order.totalHundredths) } });
  await transaction.orderItem.createMany({
    data: lines.map((line, position) => ({ ...line, id: randomUUID(), orderId: order.id, position })),
  });
}
