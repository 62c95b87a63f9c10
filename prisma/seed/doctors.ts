import { PrismaClient, type Prisma } from '../doctors/generated/client.ts';
import { createDice, type Dice } from './dice.ts';
import { seedOptions } from './seed-options.ts';
import type { SeedDoctor, SeedWorkplace, World } from './world.ts';

const STREETS = ['Garden Street', 'Harbour Road', 'Library Square', 'Market Street', 'Olive Avenue', 'Station Road'];
const ARABIC_AND = [[], ['en'], ['en', 'fr'], ['en', 'de']];
const MANNER = [
  'Takes time to explain every step',
  'Known for calm, unhurried visits',
  'Welcomes whole families',
  'Offers early morning visits',
  'Works closely with the hospitals of the region',
];
const CARE: Readonly<Record<string, string>> = {
  Cardiology: 'heart rhythm, blood pressure and prevention',
  Dermatology: 'skin, hair and nails',
  Endocrinology: 'diabetes, thyroid and hormones',
  Gastroenterology: 'stomach, bowel and liver',
  'General Practice': 'everyday health, prevention and long-term care',
  Gynecology: "women's health and pregnancy",
  Neurology: 'headache, nerves and memory',
  Ophthalmology: 'eyes and vision',
  Orthopedics: 'bones, joints and sports injuries',
  Pediatrics: 'children from birth to sixteen',
  Psychiatry: 'mood, anxiety and sleep',
  Pulmonology: 'lungs, asthma and breathing',
};

/** Seeds the verified doctors with their workplaces and their staff, in one transaction; keeps a database that holds doctors. */
export async function seedDoctors(databaseUrl: string, world: World): Promise<'seeded' | 'kept'> {
  const database = new PrismaClient(seedOptions(databaseUrl));
  try {
    if ((await database.doctor.count()) > 0) return 'kept';
    const workplaces = world.doctors.flatMap((doctor) => doctor.workplaces.map(workplaceRow));
    await database.$transaction([
      database.doctor.createMany({ data: world.doctors.map((doctor) => doctorRow(doctor, world.today)) }),
      database.workplace.createMany({ data: workplaces }),
      database.staff.createMany({ data: [...world.staff] }),
    ]);
    return 'seeded';
  } finally {
    await database.$disconnect();
  }
}

function doctorRow({ id, person, specialization }: SeedDoctor, today: Date): Prisma.DoctorCreateManyInput {
  const dice = diceOf(id);
  const age = today.getUTCFullYear() - Number(person.dateOfBirth.slice(0, 4));
  const manner = dice.pick(MANNER);
  return {
    id,
    displayName: person.name,
    specialization,
    verificationStatus: 'VERIFIED',
    bio: `${specialization} in ${person.city.name}: ${CARE[specialization] ?? 'care for all ages'}. ${manner}.`,
    yearsOfExperience: Math.max(1, age - 29),
    languages: ['ar', ...dice.pick(ARABIC_AND)],
  };
}

function workplaceRow({ city, latitude, longitude, ...workplace }: SeedWorkplace): Prisma.WorkplaceCreateManyInput {
  const dice = diceOf(workplace.id);
  return {
    ...workplace,
    latitude,
    longitude,
    timeZone: city.timeZone,
    currency: city.currency,
    street: `${1 + dice.roll(180)} ${dice.pick(STREETS)}`,
    city: city.name,
    postalCode: String(10_000 + dice.roll(80_000)),
    country: city.country,
  };
}

function diceOf(id: string): Dice {
  return createDice(Number.parseInt(id.slice(0, 8), 16));
}
