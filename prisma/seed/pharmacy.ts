import { PrismaClient, type Prisma } from '../pharmacy/generated/client.ts';
import { ordersOf, type SeedOrder } from './orders.ts';
import { seedBranches, seedPharmacies, seedStock, type SeedBranch } from './pharmacies.ts';
import { prescriptionsOf } from './prescriptions.ts';
import { seedCategories, seedProducts, type SeedProduct } from './products.ts';
import { seedOptions } from './seed-options.ts';
import type { World } from './world.ts';

/** Seeds the pharmacy database in one transaction; 'kept' when it holds products already. */
export async function seedPharmacy(databaseUrl: string, world: World): Promise<'seeded' | 'kept'> {
  const database = new PrismaClient(seedOptions(databaseUrl));
  try {
    if ((await database.product.findFirst()) !== null) return 'kept';
    const branches = seedBranches();
    const stock = seedStock(branches);
    const orders = ordersOf(world, stock);
    await database.$transaction([
      database.pharmacy.createMany({ data: [...seedPharmacies()] }),
      database.branch.createMany({ data: branches.map(branchRow) }),
      database.category.createMany({ data: [...seedCategories()] }),
      database.product.createMany({ data: seedProducts().map(productRow) }),
      database.stock.createMany({ data: [...stock] }),
      database.knownPrescription.createMany({
        data: prescriptionsOf(world).map(({ id, patientId, status }) => ({ id, patientId, status })),
      }),
      database.order.createMany({ data: orders.map(orderRow) }),
      database.orderItem.createMany({ data: orders.flatMap(itemRows) }),
      database.delivery.createMany({ data: orders.flatMap(deliveryRows) }),
    ]);
    return 'seeded';
  } finally {
    await database.$disconnect();
  }
}

function branchRow({ city, ...branch }: SeedBranch): Prisma.BranchCreateManyInput {
  return { ...branch, city: city.name, country: city.country, currency: city.currency };
}

function productRow({ id, name, manufacturer, category, medicine }: SeedProduct): Prisma.ProductCreateManyInput {
  return { id, name, manufacturer, categoryId: category.id, ...medicine };
}

function orderRow({ items, ...order }: SeedOrder): Prisma.OrderCreateManyInput {
  const total = items.reduce((sum, { quantity, unitPriceHundredths }) => sum + quantity * unitPriceHundredths, 0);
  return { ...order, totalHundredths: total };
}

function itemRows({ id: orderId, items }: SeedOrder): Prisma.OrderItemCreateManyInput[] {
  return items.map((item, position) => ({ ...item, orderId, position }));
}

/** A carrier has what is under way and has delivered what is delivered; some of what was cancelled could not be delivered. */
function deliveryRows({ id, status }: SeedOrder): Prisma.DeliveryCreateManyInput[] {
  const trackingNumber = `CG${id.slice(0, 8).toUpperCase()}`;
  switch (status) {
    case 'OUT_FOR_DELIVERY':
      return [{ orderId: id, status: 'DISPATCHED', trackingNumber }];
    case 'DELIVERED':
      return [{ orderId: id, status: 'DELIVERED', trackingNumber }];
    case 'CANCELLED':
      return id < '8' ? [{ orderId: id, status: 'FAILED', trackingNumber }] : [];
    case 'PLACED':
    case 'PREPARING':
    case 'READY':
      return [];
  }
}
