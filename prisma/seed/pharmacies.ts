import { createDice } from './dice.ts';
import { CITIES, type City } from './people.ts';
import { seedProducts } from './products.ts';
import { seedId } from './seed-id.ts';

export interface SeedBranch {
  readonly id: string;
  readonly pharmacyId: string;
  readonly name: string;
  readonly street: string;
  readonly city: City;
  readonly postalCode: string;
}

/** What a branch has of a product, priced in hundredths of the currency of its city. */
export interface SeedStock {
  readonly id: string;
  readonly branchId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly priceHundredths: number;
  readonly currency: string;
}

const NAMES = [
  'Nile Pharmacy', 'Al Shifa Corner', 'Crescent Care', 'Desert Rose Pharmacy', 'El Amal Pharmacy', 'Green Minaret', 'Horizon Drugstore',
  'Jasmine Pharmacy', 'Lighthouse Chemists', 'Moonlight Pharmacy', 'New Dawn Pharmacy', 'Olive Branch Drugs', 'Pearl Pharmacy',
  'Qasr Pharmacy', 'Red Sea Remedies', 'Sunrise Pharmacy', 'Tulip Drugstore', 'Unity Pharmacy', 'Waha Pharmacy', 'Zamzam Chemists',
]; // prettier-ignore
const STREETS = ['Garden Street', 'Station Road', 'Market Square', 'University Avenue', 'Harbour Road', 'Palm Street'];
const BRANCHES_EACH = 3;

/** What a hundred Egyptian pounds are worth, roughly, in each currency of the cities. */
const WORTH_OF_100_EGP: Readonly<Record<string, number>> = { EGP: 100, AED: 7.5, SAR: 7.7 };

/** Twenty pharmacies. */
export function seedPharmacies(): readonly { readonly id: string; readonly name: string }[] {
  return NAMES.map((name) => ({ id: seedId('pharmacy', name), name }));
}

/** Three branches of each pharmacy, in cities that are side by side in the list: ten in each city. */
export function seedBranches(): readonly SeedBranch[] {
  const dice = createDice(2_020);
  return seedPharmacies().flatMap(({ id: pharmacyId, name }, index) =>
    Array.from({ length: BRANCHES_EACH }, (_, place): SeedBranch => {
      const city = CITIES[(index * BRANCHES_EACH + place) % CITIES.length] ?? dice.pick(CITIES);
      return {
        id: seedId('branch', `${name}:${place}`),
        pharmacyId,
        name: `${name}, ${city.name}`,
        street: `${1 + dice.roll(180)} ${dice.pick(STREETS)}`,
        city,
        postalCode: String(11_000 + dice.roll(8_000)),
      };
    }),
  );
}

/** Each product at ten branches, in every city; each tenth shelf is empty or nearly so. */
export function seedStock(branches: readonly SeedBranch[]): readonly SeedStock[] {
  const dice = createDice(60_400);
  return seedProducts().flatMap(({ id: productId, basePriceHundredths }) => {
    const start = dice.roll(branches.length);
    // 7 and the number of branches have no common factor: ten different branches, all cities among them.
    return Array.from({ length: 10 }, (_, step): SeedStock => {
      const branch = branches[(start + step * 7) % branches.length];
      if (branch === undefined) throw new Error('no branches');
      const { currency } = branch.city;
      const price = (basePriceHundredths * (WORTH_OF_100_EGP[currency] ?? 100) * (95 + dice.roll(11))) / 10_000;
      return {
        id: seedId('stock', `${branch.id}:${productId}`),
        branchId: branch.id,
        productId,
        quantity: step === 9 ? dice.roll(4) : 20 + dice.roll(100),
        priceHundredths: Math.max(25, Math.round(price / 25) * 25),
        currency,
      };
    });
  });
}
