import type DataLoader from 'dataloader';
import { pageRequest } from '../shared/connection.ts';
import { loaderById, loaderByOwner } from '../shared/loaders.ts';
import type { StockItemRecord } from './records.ts';
import type { CatalogueStore } from './store-catalogue.ts';
import type { OrderStore } from './store-orders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** Loaders for one request: all rows of one kind that it asks for at once are one statement. They decide nothing about access. */
export function createLoaders(store: CatalogueStore & OrderStore) {
  const idOf = ({ id }: { readonly id: string }): string => id;
  return {
    product: loaderById(store.products, idOf),
    category: loaderById(store.categories, idOf),
    branch: loaderById(store.branches, idOf),
    pharmacy: loaderById(store.pharmacies, idOf),
    order: loaderById(store.orders, idOf),
    orderItems: loaderByOwner(store.itemsOfOrders, ({ orderId }) => orderId),
    delivery: loaderById(store.deliveriesOfOrders, ({ orderId }) => orderId),
    stock: stockLoader(store),
  };
}

/** Reads the branches that have a product: one statement for all products of which equally many are asked for. */
function stockLoader(store: CatalogueStore): (productId: string, first: number) => Promise<readonly StockItemRecord[]> {
  const loaders = new Map<number, DataLoader<string, readonly StockItemRecord[]>>();
  return async (productId, first) => {
    const { limit } = pageRequest({ first }, 0);
    const loader =
      loaders.get(limit) ??
      loaderByOwner(
        (ids) => store.stockOf(ids, limit),
        (item: StockItemRecord) => item.productId,
      );
    loaders.set(limit, loader);
    return loader.load(productId);
  };
}
