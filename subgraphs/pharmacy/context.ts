import type { RequestContext } from '../shared/context.ts';
import type { Loaders } from './loaders.ts';
import type { OrderReader } from './order-reader.ts';
import type { PlaceOrder } from './ordering.ts';
import type { SearchProducts } from './product-search.ts';

/** What one request works with. `loaders` decide nothing about access; `orders` does. */
export interface Context extends RequestContext {
  readonly loaders: Loaders;
  readonly orders: OrderReader;
  readonly searchProducts: SearchProducts;
  readonly placeOrder: PlaceOrder;
}
