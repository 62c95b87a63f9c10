import type { WantedItem } from './order-request.ts';
import type { OutOfStockItemRecord } from './records.ts';
import type { Offer, OrderLine } from './store-orders.ts';

/** What a branch can do about an order: all of it, or nothing, for want of some products. */
export type Fulfilment =
  | { readonly kind: 'complete'; readonly lines: readonly OrderLine[]; readonly total: Total }
  | { readonly kind: 'short'; readonly items: OutOfStockItemRecord[] };

export interface Total {
  readonly hundredths: number;
  readonly currency: string;
}

/** Prices the wanted items at the branch's offers, exactly, or lists every one of which there is not enough. */
export function fulfil(items: readonly WantedItem[], offers: readonly Offer[]): Fulfilment {
  const offered = new Map(offers.map((offer) => [offer.productId, offer]));
  const short = items
    .map(({ productId, quantity: requested }) => ({
      productId,
      requested,
      available: offered.get(productId)?.quantity ?? 0,
    }))
    .filter(({ requested, available }) => requested > available);
  if (short.length > 0) return { kind: 'short', items: short };

  const lines = items.flatMap(({ productId, quantity }): OrderLine[] => {
    const offer = offered.get(productId);
    return offer === undefined ? [] : [{ productId, quantity, unitPriceHundredths: offer.priceHundredths }];
  });
  return { kind: 'complete', lines, total: totalOf(lines, offers) };
}

function totalOf(lines: readonly OrderLine[], offers: readonly Offer[]): Total {
  const [currency, ...others] = new Set(offers.map((offer) => offer.currency));
  if (currency === undefined || others.length > 0) throw new Error('a branch sells in one currency');
  const hundredths = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceHundredths, 0);
  return { hundredths, currency };
}
