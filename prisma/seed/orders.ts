import { createDice, type Dice } from './dice.ts';
import type { SeedStock } from './pharmacies.ts';
import { prescriptionsOf, type SeedPrescription } from './prescriptions.ts';
import { seedProducts } from './products.ts';
import { seedId } from './seed-id.ts';
import type { World } from './world.ts';

export interface SeedOrder {
  readonly id: string;
  readonly patientId: string;
  readonly branchId: string;
  readonly status: (typeof STATUSES)[number];
  readonly currency: string;
  readonly prescriptionId: string | null;
  readonly createdAt: Date;
  readonly items: readonly SeedOrderItem[];
}

export interface SeedOrderItem {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceHundredths: number;
}

const STATUSES = ['PLACED', 'PREPARING', 'READY', 'OUT_FOR_DELIVERY', 'DELIVERED', 'CANCELLED'] as const;
const HOUR_MS = 60 * 60 * 1000;
const OTHER_PATIENTS = 90;

/** One order in each status for both demo patients, and one for each of many others. */
export function ordersOf(world: World, stock: readonly SeedStock[]): readonly SeedOrder[] {
  const dice = createDice(12_345);
  const prescriptions = prescriptionsOf(world);
  const shelves = shelvesOf(stock);
  const order = (patientId: string, number: number, status: SeedOrder['status']): SeedOrder =>
    orderOf({ patientId, number, status, today: world.today }, { dice, shelves, prescriptions });
  return [
    ...world.patients.slice(0, 2).flatMap(({ id }) => STATUSES.map((status, number) => order(id, number, status))),
    ...world.patients.slice(2, 2 + OTHER_PATIENTS).map(({ id }) => order(id, 0, dice.pick(STATUSES))),
  ];
}

/** What each branch sells to anybody, and what it sells against a prescription. */
interface Shelf {
  readonly free: readonly SeedStock[];
  readonly prescribed: readonly SeedStock[];
}

function shelvesOf(stock: readonly SeedStock[]): readonly Shelf[] {
  const needsPrescription = new Set(
    seedProducts()
      .filter(({ medicine }) => medicine?.prescriptionRequired === true)
      .map(({ id }) => id),
  );
  const byBranch = new Map<string, SeedStock[]>();
  for (const item of stock) byBranch.set(item.branchId, [...(byBranch.get(item.branchId) ?? []), item]);
  return [...byBranch.values()].map((items) => ({
    free: items.filter(({ productId }) => !needsPrescription.has(productId)),
    prescribed: items.filter(({ productId }) => needsPrescription.has(productId)),
  }));
}

interface Wish {
  readonly patientId: string;
  readonly number: number;
  readonly status: SeedOrder['status'];
  readonly today: Date;
}

interface Supplies {
  readonly dice: Dice;
  readonly shelves: readonly Shelf[];
  readonly prescriptions: readonly SeedPrescription[];
}

/** With a prescribed product among the items when the patient has an active prescription; the further along, the older. */
function orderOf({ patientId, number, status, today }: Wish, { dice, shelves, prescriptions }: Supplies): SeedOrder {
  const shelf = dice.pick(shelves);
  const prescription = prescriptions.find((one) => one.patientId === patientId && one.status === 'ACTIVE');
  const first = dice.roll(shelf.free.length);
  const chosen = [
    ...(prescription === undefined ? [] : [dice.pick(shelf.prescribed)]),
    ...Array.from({ length: 1 + dice.roll(3) }, (_, step) => shelf.free[(first + step) % shelf.free.length]),
  ].filter((item) => item !== undefined);
  const hoursAgo = 6 + STATUSES.indexOf(status) * 40 + dice.roll(12);
  const id = seedId('order', `${patientId}:${number}`);
  return {
    id,
    patientId,
    branchId: chosen[0]?.branchId ?? '',
    status,
    currency: chosen[0]?.currency ?? 'EGP',
    prescriptionId: prescription?.id ?? null,
    createdAt: new Date(today.getTime() - hoursAgo * HOUR_MS),
    items: chosen.map(({ productId, priceHundredths }, position) => ({
      id: seedId('order-item', `${id}:${position}`),
      productId,
      quantity: 1 + dice.roll(3),
      unitPriceHundredths: priceHundredths,
    })),
  };
}
