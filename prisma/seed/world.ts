import { createDice } from './dice.ts';
import { people, type City, type Person } from './people.ts';
import { seedId } from './seed-id.ts';

export interface SeedDoctor {
  /** The id of the doctor's user. */
  readonly id: string;
  readonly person: Person;
  readonly specialization: string;
  readonly workplaces: readonly SeedWorkplace[];
}

export interface SeedWorkplace {
  readonly id: string;
  readonly doctorId: string;
  readonly name: string;
  readonly type: 'CLINIC' | 'HOSPITAL' | 'TELEMEDICINE';
  readonly city: City;
  readonly latitude: number;
  readonly longitude: number;
  /** Hundredths of the currency of the city. */
  readonly feeHundredths: number;
}

/** Who looks after a doctor's calendar. */
export interface SeedStaff {
  readonly doctorId: string;
  readonly userId: string;
  readonly role: 'ASSISTANT' | 'NURSE';
}

export interface SeedSlot {
  readonly id: string;
  readonly doctorId: string;
  readonly workplaceId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export type SeedStatus =
  'REQUESTED' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED' | 'CHECKED_IN' | 'IN_PROGRESS' | 'COMPLETED' | 'NO_SHOW';

export interface SeedAppointment {
  readonly id: string;
  readonly slot: SeedSlot;
  readonly patientId: string;
  readonly status: SeedStatus;
  readonly reason: string;
}

/** The platform's synthetic world, from which each subgraph seeds its own part. Ids never change; times follow the day of seeding. */
export interface World {
  /** The instant of seeding. */
  readonly now: Date;
  /** Midnight UTC of the day of seeding. */
  readonly today: Date;
  readonly people: readonly Person[];
  readonly doctors: readonly SeedDoctor[];
  readonly patients: readonly Person[];
  readonly staff: readonly SeedStaff[];
  /** Two weeks back, today, and two weeks ahead. */
  readonly slots: readonly SeedSlot[];
  readonly appointments: readonly SeedAppointment[];
  /** Pairs of which the doctor treats the patient: an appointment was confirmed, is under way or took place. */
  readonly treatments: readonly { readonly doctorId: string; readonly patientId: string; readonly since: Date }[];
}

export const SPECIALIZATIONS: readonly string[] = [
  'Cardiology',
  'Dermatology',
  'Endocrinology',
  'Gastroenterology',
  'General Practice',
  'Gynecology',
  'Neurology',
  'Ophthalmology',
  'Orthopedics',
  'Pediatrics',
  'Psychiatry',
  'Pulmonology',
];

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_EACH_WAY = 14;
const SLOTS_PER_DAY = 8;
const SLOT_MS = 30 * 60 * 1000;
const FIRST_SLOT_UTC_MS = 7 * 60 * 60 * 1000;
const REASONS = [
  'Check-up',
  'Follow-up of test results',
  'Recurring headache',
  'Back pain',
  'Skin rash',
  'Medication review',
];

/** Builds the world as of an instant. The same instant's day gives the same world. */
export function buildWorld(now: Date): World {
  const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const everybody = people();
  const doctors = everybody.filter(({ role }) => role === 'DOCTOR').map(doctor);
  const patients = everybody.filter(({ role }) => role === 'PATIENT');
  const slots = doctors.flatMap((one) => slotsOf(one, today));
  const appointments = bookings(slots, { doctors, patients, today });
  return {
    now,
    today,
    people: everybody,
    doctors,
    patients,
    staff: staffOf(doctors, everybody),
    slots,
    appointments,
    treatments: treatmentsOf(appointments),
  };
}

/** When something that has happened did: the visits of the day of seeding may lie ahead of its hour. */
export function happenedAt({ now }: Pick<World, 'now'>, usual: Date): Date {
  return usual < now ? usual : now;
}

function doctor(person: Person, index: number): SeedDoctor {
  const dice = createDice(Number.parseInt(person.id.slice(0, 8), 16));
  const workplaces = Array.from({ length: 1 + dice.roll(2) }, (_, place): SeedWorkplace => {
    const { city } = person;
    return {
      id: seedId('workplace', `${person.email}:${place}`),
      doctorId: person.id,
      name:
        place === 0
          ? `${city.name} ${dice.pick(['Care', 'Family', 'Medical', 'Health'])} Clinic`
          : `${city.name} University Hospital`,
      type: place === 0 ? 'CLINIC' : 'HOSPITAL',
      city,
      latitude: city.latitude + (dice.roll(1000) - 500) / 10_000,
      longitude: city.longitude + (dice.roll(1000) - 500) / 10_000,
      feeHundredths: (200 + 50 * dice.roll(9)) * 100,
    };
  });
  return {
    id: person.id,
    person,
    specialization: SPECIALIZATIONS[index % SPECIALIZATIONS.length] ?? dice.pick(SPECIALIZATIONS),
    workplaces,
  };
}

/** The demo assistant and the demo nurse look after the first demo doctor; the others after one doctor each. */
function staffOf(doctors: readonly SeedDoctor[], everybody: readonly Person[]): readonly SeedStaff[] {
  return (['ASSISTANT', 'NURSE'] as const).flatMap((role) =>
    everybody
      .filter((person) => person.role === role)
      .flatMap((person, index): SeedStaff[] => {
        const looksAfter = doctors[index === 0 ? 0 : index + 1];
        return looksAfter === undefined ? [] : [{ doctorId: looksAfter.id, userId: person.id, role }];
      }),
  );
}

function slotsOf({ id: doctorId, person, workplaces }: SeedDoctor, today: Date): SeedSlot[] {
  const days = Array.from({ length: 2 * DAYS_EACH_WAY + 1 }, (_, index) => index - DAYS_EACH_WAY);
  return days.flatMap((day) =>
    Array.from({ length: SLOTS_PER_DAY }, (_, index): SeedSlot => {
      const startsAt = new Date(today.getTime() + day * DAY_MS + FIRST_SLOT_UTC_MS + index * SLOT_MS);
      const workplace = workplaces[Math.abs(day) % workplaces.length] ?? workplaces[0];
      if (workplace === undefined) throw new Error(`${person.email} has no workplace`);
      const endsAt = new Date(startsAt.getTime() + SLOT_MS);
      return {
        id: seedId('slot', `${person.email}:${day}:${index}`),
        doctorId,
        workplaceId: workplace.id,
        startsAt,
        endsAt,
      };
    }),
  );
}

interface Cast {
  readonly doctors: readonly SeedDoctor[];
  readonly patients: readonly Person[];
  readonly today: Date;
}

/** Demo patients see their own demo doctor alone; the others are spread over all doctors, in every status. */
function bookings(slots: readonly SeedSlot[], { doctors, patients, today }: Cast): SeedAppointment[] {
  const dice = createDice(77);
  const demoDoctors = doctors.slice(0, 2).map(({ id }) => id);
  const demoPatients = patients.slice(0, 2).map(({ id }) => id);
  const booked = new Map<string, SeedAppointment>();
  const busy = new Set<string>();
  for (const slot of slots) {
    const day = Math.floor((slot.startsAt.getTime() - today.getTime()) / DAY_MS);
    if (dice.roll(100) >= 14) continue;
    const patient = dice.pick(patients.slice(2));
    // Nobody is with two doctors at once.
    const hour = `${patient.id}:${slot.startsAt.getTime()}`;
    if (busy.has(hour)) continue;
    busy.add(hour);
    booked.set(slot.id, appointment(slot, patient.id, statusOn(day, dice.roll(100)), dice.pick(REASONS)));
  }
  demoDoctors.forEach((doctorId, pair) => {
    const own = slots.filter((slot) => slot.doctorId === doctorId);
    for (const [day, index, status] of DEMO_BOOKINGS) {
      const slot = own[(day + DAYS_EACH_WAY) * SLOTS_PER_DAY + index];
      const patientId = demoPatients[pair];
      if (slot === undefined || patientId === undefined) throw new Error('the demo bookings do not fit the calendar');
      booked.set(slot.id, appointment(slot, patientId, status, REASONS[index % REASONS.length] ?? 'Check-up'));
    }
  });
  return [...booked.values()];
}

const DEMO_BOOKINGS: readonly (readonly [day: number, index: number, status: SeedStatus])[] = [
  [-10, 1, 'COMPLETED'],
  [-7, 3, 'CANCELLED'],
  [-4, 2, 'COMPLETED'],
  [-2, 4, 'NO_SHOW'],
  [-1, 3, 'CONFIRMED'],
  [0, 0, 'COMPLETED'],
  [2, 2, 'CONFIRMED'],
  [3, 5, 'REQUESTED'],
  [5, 1, 'REQUESTED'],
  [6, 4, 'CONFIRMED'],
  [9, 6, 'REJECTED'],
];

function appointment(slot: SeedSlot, patientId: string, status: SeedStatus, reason: string): SeedAppointment {
  return { id: seedId('appointment', slot.id), slot, patientId, status, reason };
}

function statusOn(day: number, roll: number): SeedStatus {
  if (day < 0) return roll < 75 ? 'COMPLETED' : roll < 85 ? 'CANCELLED' : roll < 93 ? 'NO_SHOW' : 'REJECTED';
  if (day === 0) return roll < 40 ? 'CONFIRMED' : roll < 65 ? 'CHECKED_IN' : roll < 85 ? 'IN_PROGRESS' : 'COMPLETED';
  return roll < 50 ? 'CONFIRMED' : roll < 85 ? 'REQUESTED' : roll < 95 ? 'CANCELLED' : 'REJECTED';
}

function treatmentsOf(appointments: readonly SeedAppointment[]): World['treatments'] {
  const pairs = new Map<string, World['treatments'][number]>();
  for (const { slot, patientId, status } of appointments) {
    if (!['CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED'].includes(status)) continue;
    const key = `${slot.doctorId}:${patientId}`;
    const earlier = pairs.get(key);
    if (earlier === undefined || slot.startsAt < earlier.since)
      pairs.set(key, { doctorId: slot.doctorId, patientId, since: slot.startsAt });
  }
  return [...pairs.values()];
}
