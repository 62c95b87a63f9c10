import { createDice, type Dice } from './dice.ts';
import { seedProducts, type SeedProduct } from './products.ts';
import { seedId } from './seed-id.ts';
import { happenedAt, type SeedAppointment, type World } from './world.ts';

/** A seeded prescription, as the clinical subgraph owns it and the pharmacy subgraph knows of it. */
export interface SeedPrescription {
  readonly id: string;
  readonly patientId: string;
  readonly doctorId: string;
  readonly status: 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED';
  readonly issuedAt: Date;
  readonly items: readonly SeedPrescriptionItem[];
}

export interface SeedPrescriptionItem {
  readonly id: string;
  readonly productId: string;
  readonly dosage: string;
  readonly frequency: string;
  readonly durationDays: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Up to so long ago, a prescription is still being used. */
const ACTIVE_DAYS = 7;
const FREQUENCIES = ['Once daily', 'Twice daily', 'Three times daily', 'At bedtime'];
const DURATIONS = [5, 7, 10, 14, 30];
const ENDINGS = ['COMPLETED', 'COMPLETED', 'EXPIRED', 'CANCELLED'] as const;

/** The prescriptions of the world: every second completed visit of most patients ended with one, those of the demo patients first. */
export function prescriptionsOf(world: World): readonly SeedPrescription[] {
  const dice = createDice(31_337);
  const medicines = seedProducts().filter(({ medicine }) => medicine?.prescriptionRequired === true);
  const demo = world.patients.slice(0, 2).map(({ id }) => id);
  const visits = world.appointments.filter(({ status }) => status === 'COMPLETED');
  return [
    ...demo.flatMap((patientId) =>
      demoPrescriptions(
        visits.filter((visit) => visit.patientId === patientId),
        medicines,
      ),
    ),
    ...visits
      .filter(({ patientId }) => !demo.includes(patientId))
      .filter(() => dice.roll(2) === 0)
      .map((visit) => randomPrescription(visit, { dice, medicines, today: world.today })),
  ].map((one) => ({ ...one, issuedAt: happenedAt(world, one.issuedAt) }));
}

/** The first visit's has been used up, the second's is active. */
function demoPrescriptions(visits: readonly SeedAppointment[], medicines: readonly SeedProduct[]): SeedPrescription[] {
  const named = (name: string): SeedProduct => {
    const found = medicines.find((product) => product.name === name);
    if (found === undefined) throw new Error(`no product named ${name}`);
    return found;
  };
  const [first, second] = visits;
  if (first === undefined || second === undefined) throw new Error('a demo patient lacks completed visits');
  return [
    prescription(first, 'COMPLETED', [[named('Doxycycline 100 mg'), 'Twice daily', 7]]),
    prescription(second, 'ACTIVE', [
      [named('Amlodipine 5 mg'), 'Once daily', 30],
      [named('Atorvastatin 20 mg'), 'At bedtime', 30],
    ]),
  ];
}

function randomPrescription(
  visit: SeedAppointment,
  { dice, medicines, today }: { dice: Dice; medicines: readonly SeedProduct[]; today: Date },
): SeedPrescription {
  const isRecent = today.getTime() - visit.slot.startsAt.getTime() < ACTIVE_DAYS * DAY_MS;
  const items = Array.from({ length: 1 + dice.roll(3) }, (): ItemChoice => [
    dice.pick(medicines),
    dice.pick(FREQUENCIES),
    dice.pick(DURATIONS),
  ]);
  return prescription(visit, isRecent ? 'ACTIVE' : dice.pick(ENDINGS), items);
}

type ItemChoice = readonly [product: SeedProduct, frequency: string, durationDays: number];

function prescription(
  { id: appointmentId, patientId, slot }: SeedAppointment,
  status: SeedPrescription['status'],
  items: readonly ItemChoice[],
): SeedPrescription {
  return {
    id: seedId('prescription', appointmentId),
    patientId,
    doctorId: slot.doctorId,
    status,
    issuedAt: slot.endsAt,
    items: items.map(([product, frequency, durationDays], position) => ({
      id: seedId('prescription-item', `${appointmentId}:${position}`),
      productId: product.id,
      dosage: product.medicine?.dosage ?? 'As directed',
      frequency,
      durationDays,
    })),
  };
}
