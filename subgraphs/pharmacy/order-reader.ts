import type { Identity } from '../../wire/identity.ts';
import { connection, type PageArguments } from '../shared/connection.ts';
import { latestFirstRequest, placeKeys } from '../shared/latest-first.ts';
import type { Loaders } from './loaders.ts';
import type { OrderConnectionRecord, OrderRecord } from './records.ts';
import type { OrderStore } from './store-orders.ts';

export type OrderReader = ReturnType<typeof createOrderReader>;

/** Reads orders for one caller, who sees their own alone: another's look like none. */
export function createOrderReader(
  identity: Identity,
  store: Pick<OrderStore, 'ordersOfPatient' | 'countOrders'>,
  loaders: Pick<Loaders, 'order'>,
) {
  const subject = identity.kind === 'user' ? identity.subject : undefined;
  return {
    async order(id: string): Promise<OrderRecord | null> {
      if (subject === undefined) return null;
      const order = await loaders.order.load(id);
      return order?.patientId === subject ? order : null;
    },
    /** Latest first. Throws `BAD_USER_INPUT` for bad page arguments. */
    async own(patientId: string, args: PageArguments): Promise<OrderConnectionRecord> {
      const request = latestFirstRequest(args);
      const [rows, total] = await Promise.all([
        store.ordersOfPatient(patientId, request),
        store.countOrders(patientId),
      ]);
      return connection(rows, request.page, total, ({ createdAt, id }) => placeKeys({ occurredAt: createdAt, id }));
    },
  };
}
