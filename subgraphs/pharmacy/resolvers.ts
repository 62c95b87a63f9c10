import { signedIn } from '../shared/context.ts';
import { moneyOf } from '../shared/money.ts';
import { referenceId } from '../shared/reference-id.ts';
import { scalars } from '../shared/scalars.ts';
import type { Resolvers } from './generated/resolvers.ts';
import type { MedicineRecord, ProductRecord } from './records.ts';

/** The fields of the schema, each one call. */
export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  Decimal: scalars.Decimal,
  Query: {
    searchProducts: (_, { text, ...page }, { searchProducts }) => searchProducts(text, page),
    product: (_, { id }, { loaders }) => loaders.product.load(id),
    order: (_, { id }, { orders }) => orders.order(id),
    myOrders: (_, page, { identity, orders }) => orders.own(signedIn(identity).subject, page),
  },
  Mutation: {
    placeOrder: (_, { input }, { identity, placeOrder }) => placeOrder(signedIn(identity).subject, input),
  },
  Product: {
    __resolveReference: async (reference, { loaders }) => byId(reference, (id) => loaders.product.load(id)),
    category: async ({ categoryId }, _, { loaders }) => there(await loaders.category.load(categoryId)),
    medicine: medicineOf,
    stock: async ({ id }, { first }, { loaders }) => [...(await loaders.stock(id, first))],
  },
  StockItem: {
    price: ({ priceHundredths, currency }) => moneyOf(priceHundredths, currency),
    branch: async ({ branchId }, _, { loaders }) => there(await loaders.branch.load(branchId)),
  },
  Branch: {
    __resolveReference: async (reference, { loaders }) => byId(reference, (id) => loaders.branch.load(id)),
    pharmacy: async ({ pharmacyId }, _, { loaders }) => there(await loaders.pharmacy.load(pharmacyId)),
    address: ({ street, city, state, postalCode, country }) => ({ street, city, state, postalCode, country }),
  },
  Pharmacy: {
    __resolveReference: async (reference, { loaders }) => byId(reference, (id) => loaders.pharmacy.load(id)),
  },
  Order: {
    __resolveReference: async (reference, { orders }) => byId(reference, orders.order),
    total: ({ totalHundredths, currency }) => moneyOf(totalHundredths, currency),
    items: async ({ id }, _, { loaders }) => [...(await loaders.orderItems.load(id))],
    branch: async ({ branchId }, _, { loaders }) => there(await loaders.branch.load(branchId)),
    delivery: ({ id }, _, { loaders }) => loaders.delivery.load(id),
  },
  OrderItem: {
    product: async ({ productId }, _, { loaders }) => there(await loaders.product.load(productId)),
    unitPrice: ({ unitPriceHundredths, currency }) => moneyOf(unitPriceHundredths, currency),
  },
  PlaceOrderResult: { __resolveType: ({ kind }) => kind },
};

async function byId<Row>(reference: object, read: (id: string) => Promise<Row | null>): Promise<Row | null> {
  const id = referenceId(reference);
  return id === undefined ? null : read(id);
}

/** A row that a foreign key promises. */
function there<Row>(row: Row | null): Row {
  if (row === null) throw new Error('a row that a foreign key promises is missing');
  return row;
}

function medicineOf({ dosage, form, prescriptionRequired }: ProductRecord): MedicineRecord | null {
  if (dosage === null || form === null || prescriptionRequired === null) return null;
  return { dosage, form, prescriptionRequired };
}
