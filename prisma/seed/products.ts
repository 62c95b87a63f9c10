import { createDice, type Dice } from './dice.ts';
import { seedId } from './seed-id.ts';

export interface SeedCategory {
  readonly id: string;
  readonly name: string;
}

export interface SeedProduct {
  readonly id: string;
  readonly name: string;
  readonly manufacturer: string;
  readonly category: SeedCategory;
  /** Absent for what is not a medicine. */
  readonly medicine?: SeedMedicine;
  /** What it costs in Egypt, in piastres; other countries' prices are derived from it. */
  readonly basePriceHundredths: number;
}

export interface SeedMedicine {
  readonly dosage: string;
  readonly form: 'TABLET' | 'CAPSULE' | 'SYRUP' | 'INJECTION' | 'CREAM' | 'DROPS' | 'INHALER';
  readonly prescriptionRequired: boolean;
}

type Substance = readonly [
  name: string,
  form: SeedMedicine['form'],
  dosages: readonly string[],
  prescriptionRequired?: true,
];

const RX = true as const;

/** Generic names (International Nonproprietary Names), each with two of its usual strengths. */
const MEDICINES: Readonly<Record<string, readonly Substance[]>> = {
  'Pain relief': [
    ['Paracetamol', 'TABLET', ['500 mg', '1 g']],
    ['Ibuprofen', 'TABLET', ['200 mg', '400 mg']],
    ['Naproxen', 'TABLET', ['250 mg', '500 mg']],
    ['Diclofenac', 'CREAM', ['1 %', '2 %']],
    ['Tramadol', 'CAPSULE', ['50 mg', '100 mg'], RX],
    ['Ketorolac', 'INJECTION', ['15 mg/ml', '30 mg/ml'], RX],
  ],
  Antibiotics: [
    ['Amoxicillin', 'CAPSULE', ['250 mg', '500 mg'], RX],
    ['Azithromycin', 'TABLET', ['250 mg', '500 mg'], RX],
    ['Cefixime', 'SYRUP', ['100 mg/5 ml', '200 mg/5 ml'], RX],
    ['Ciprofloxacin', 'TABLET', ['250 mg', '500 mg'], RX],
    ['Doxycycline', 'CAPSULE', ['50 mg', '100 mg'], RX],
    ['Ceftriaxone', 'INJECTION', ['500 mg', '1 g'], RX],
    ['Clarithromycin', 'TABLET', ['250 mg', '500 mg'], RX],
  ],
  'Heart and circulation': [
    ['Amlodipine', 'TABLET', ['5 mg', '10 mg'], RX],
    ['Atorvastatin', 'TABLET', ['20 mg', '40 mg'], RX],
    ['Bisoprolol', 'TABLET', ['2.5 mg', '5 mg'], RX],
    ['Ramipril', 'CAPSULE', ['2.5 mg', '5 mg'], RX],
    ['Losartan', 'TABLET', ['50 mg', '100 mg'], RX],
    ['Clopidogrel', 'TABLET', ['75 mg', '300 mg'], RX],
    ['Furosemide', 'TABLET', ['20 mg', '40 mg'], RX],
  ],
  Diabetes: [
    ['Metformin', 'TABLET', ['500 mg', '1 g'], RX],
    ['Gliclazide', 'TABLET', ['30 mg', '60 mg'], RX],
    ['Sitagliptin', 'TABLET', ['50 mg', '100 mg'], RX],
    ['Empagliflozin', 'TABLET', ['10 mg', '25 mg'], RX],
    ['Insulin glargine', 'INJECTION', ['100 IU/ml', '300 IU/ml'], RX],
  ],
  'Allergy and airways': [
    ['Cetirizine', 'TABLET', ['5 mg', '10 mg']],
    ['Loratadine', 'SYRUP', ['5 mg/5 ml', '10 mg/5 ml']],
    ['Salbutamol', 'INHALER', ['100 µg', '200 µg'], RX],
    ['Budesonide', 'INHALER', ['100 µg', '200 µg'], RX],
    ['Montelukast', 'TABLET', ['5 mg', '10 mg'], RX],
    ['Xylometazoline', 'DROPS', ['0.05 %', '0.1 %']],
  ],
  'Stomach and digestion': [
    ['Omeprazole', 'CAPSULE', ['20 mg', '40 mg']],
    ['Famotidine', 'TABLET', ['20 mg', '40 mg']],
    ['Domperidone', 'TABLET', ['5 mg', '10 mg'], RX],
    ['Loperamide', 'CAPSULE', ['1 mg', '2 mg']],
    ['Lactulose', 'SYRUP', ['3.3 g/5 ml', '10 g/15 ml']],
    ['Pantoprazole', 'TABLET', ['20 mg', '40 mg']],
  ],
  'Nerves and sleep': [
    ['Sertraline', 'TABLET', ['50 mg', '100 mg'], RX],
    ['Escitalopram', 'TABLET', ['10 mg', '20 mg'], RX],
    ['Gabapentin', 'CAPSULE', ['100 mg', '300 mg'], RX],
    ['Levetiracetam', 'TABLET', ['250 mg', '500 mg'], RX],
    ['Sumatriptan', 'TABLET', ['50 mg', '100 mg'], RX],
    ['Melatonin', 'TABLET', ['1 mg', '3 mg']],
  ],
  'Skin and eye treatment': [
    ['Clotrimazole', 'CREAM', ['1 %', '2 %']],
    ['Hydrocortisone', 'CREAM', ['0.5 %', '1 %']],
    ['Mometasone', 'CREAM', ['0.1 %', '0.2 %'], RX],
    ['Fusidic acid', 'CREAM', ['1 %', '2 %'], RX],
    ['Timolol', 'DROPS', ['0.25 %', '0.5 %'], RX],
    ['Tobramycin', 'DROPS', ['0.3 %', '0.5 %'], RX],
    ['Hypromellose', 'DROPS', ['0.3 %', '0.5 %']],
  ],
};

/** What pharmacies sell besides medicines: things, each in several sorts. */
const SUNDRIES: Readonly<Record<string, readonly (readonly [things: readonly string[], sorts: readonly string[]])[]>> =
  {
    'Vitamins and minerals': [
      [
        ['Vitamin C', 'Vitamin D3', 'Vitamin B Complex', 'Zinc', 'Iron', 'Magnesium', 'Calcium'],
        ['30 pieces', '60 pieces', '90 pieces', 'Family Pack', 'Chewable'],
      ],
    ],
    'First aid': [
      [
        ['Elastic Bandage', 'Sterile Gauze', 'Adhesive Plasters', 'Antiseptic Wipes', 'Cold Pack', 'Surgical Tape'],
        ['Small', 'Medium', 'Large', 'Box', 'Travel Size'],
      ],
    ],
    'Baby care': [
      [
        ['Baby Shampoo', 'Baby Lotion', 'Diaper Cream', 'Baby Wipes', 'Feeding Bottle', 'Soother'],
        ['Newborn', '3-6 Months', '6-12 Months', 'Sensitive', 'Twin Pack'],
      ],
    ],
    'Skin and hair care': [
      [
        ['Sunscreen', 'Moisturizer', 'Face Wash', 'Lip Balm', 'Hand Cream', 'Hair Serum', 'Body Lotion'],
        ['Dry Skin', 'Oily Skin', 'Sensitive', 'Unscented', 'Daily'],
      ],
    ],
    'Oral care': [
      [
        ['Toothpaste', 'Toothbrush', 'Mouthwash', 'Dental Floss', 'Denture Tablets', 'Interdental Brushes'],
        ['Fresh', 'Whitening', 'Sensitive', 'Children', 'Gum Care'],
      ],
    ],
    'Devices and tests': [
      [
        [
          'Blood Pressure Monitor',
          'Glucose Meter',
          'Thermometer',
          'Pulse Oximeter',
          'Nebulizer',
          'Test Strips',
          'Knee Support',
          'Hot Water Bottle',
        ],
        ['Basic', 'Comfort', 'Plus', 'Compact', 'Home'],
      ],
    ],
  };

const MANUFACTURERS = [
  'Delta Remedies', 'Nilora Pharma', 'Sahra Laboratories', 'Qamar Health', 'Marsa Therapeutics', 'Oasis Lifecare',
  'Zahra Wellness', 'Lotus Bridge', 'Sinora Medical', 'Palm Crest Labs',
]; // prettier-ignore

/** Every category of the seed, in alphabetical order. */
export function seedCategories(): readonly SeedCategory[] {
  return [...Object.keys(MEDICINES), ...Object.keys(SUNDRIES)].sort().map(categoryOf);
}

/** The 400 products of the seed, half of them medicines: the same on every machine. */
export function seedProducts(): readonly SeedProduct[] {
  const dice = createDice(400_2024);
  return [...medicines(dice), ...sundries(dice)];
}

/** Each strength comes from two manufacturers, the same substance from different ones. */
function medicines(dice: Dice): SeedProduct[] {
  return Object.entries(MEDICINES).flatMap(([category, substances]) =>
    substances.flatMap(([name, form, dosages, isPrescribed]) =>
      dosages.flatMap((dosage) =>
        twoOf(dice).map((manufacturer): SeedProduct => ({
          id: seedId('product', `${name} ${dosage} ${form} ${manufacturer}`),
          name: `${name} ${dosage}`,
          manufacturer,
          category: categoryOf(category),
          medicine: { dosage, form, prescriptionRequired: isPrescribed === true },
          basePriceHundredths: 1_500 + dice.roll(120) * 250,
        })),
      ),
    ),
  );
}

function sundries(dice: Dice): SeedProduct[] {
  return Object.entries(SUNDRIES).flatMap(([category, groups]) =>
    groups.flatMap(([things, sorts]) =>
      things.flatMap((thing) =>
        sorts.map((sort): SeedProduct => {
          const manufacturer = dice.pick(MANUFACTURERS);
          return {
            id: seedId('product', `${thing} ${sort}`),
            name: `${thing} ${sort}`,
            manufacturer,
            category: categoryOf(category),
            basePriceHundredths: 2_000 + dice.roll(200) * 495,
          };
        }),
      ),
    ),
  );
}

function twoOf(dice: Dice): readonly string[] {
  const first = dice.roll(MANUFACTURERS.length);
  const second = (first + 1 + dice.roll(MANUFACTURERS.length - 1)) % MANUFACTURERS.length;
  return [first, second].map((index) => MANUFACTURERS[index] ?? 'Delta Remedies');
}

function categoryOf(name: string): SeedCategory {
  return { id: seedId('category', name), name };
}
