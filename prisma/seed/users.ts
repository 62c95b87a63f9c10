import { hash } from '@node-rs/argon2';
import { PrismaClient } from '../users/generated/client.ts';
import { createDice } from './dice.ts';
import { DEMO_PASSWORD, type Person } from './people.ts';
import { seedId } from './seed-id.ts';
import { seedOptions } from './seed-options.ts';
import type { World } from './world.ts';

const STREETS = ['Corniche', 'Garden', 'Harbour', 'Market', 'Palm', 'Station', 'University'];
const WITHOUT_CARE = ['REJECTED', 'CANCELLED'];

/** Seeds the accounts, all verified and with the demo password, their addresses, and who looks after whom. */
export async function seedUsers(databaseUrl: string, world: World): Promise<'seeded' | 'kept'> {
  const database = new PrismaClient(seedOptions(databaseUrl));
  try {
    if ((await database.account.count()) > 0) return 'kept';
    const passwordHash = await hash(DEMO_PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await database.$transaction([
      database.account.createMany({ data: world.people.map((person) => account(person, passwordHash, world.today)) }),
      database.address.createMany({ data: world.people.flatMap(addresses) }),
      database.careRelationship.createMany({ data: care(world) }),
    ]);
    return 'seeded';
  } finally {
    await database.$disconnect();
  }
}

function account({ id, email, name, phone, role, dateOfBirth, gender }: Person, passwordHash: string, today: Date) {
  const createdAt = new Date(today.getTime() - 90 * 24 * 60 * 60 * 1000);
  return {
    id,
    email,
    passwordHash,
    name,
    phone,
    role,
    dateOfBirth: new Date(dateOfBirth),
    gender,
    createdAt,
    verifiedAt: createdAt,
  };
}

/** A home for everybody, and a place of work for those who have one. */
function addresses({ id: accountId, email, role, city }: Person) {
  const dice = createDice(Number.parseInt(accountId.slice(0, 8), 16));
  return (role === 'PATIENT' ? (['HOME'] as const) : (['HOME', 'WORK'] as const)).map((type) => ({
    id: seedId('address', `${email}:${type}`),
    accountId,
    type,
    street: `${1 + dice.roll(180)} ${dice.pick(STREETS)} Street`,
    city: city.name,
    postalCode: String(10_000 + dice.roll(80_000)),
    country: city.country,
    isDefault: type === 'HOME',
  }));
}

/** The doctor of an appointment and the staff of that doctor look after its patient, from the first appointment on, today at the latest. */
function care({ appointments, staff, today }: World) {
  const pairs = new Map<string, { patientId: string; memberId: string; since: Date }>();
  for (const { slot, patientId, status } of appointments) {
    if (WITHOUT_CARE.includes(status)) continue;
    const team = [
      slot.doctorId,
      ...staff.filter(({ doctorId }) => doctorId === slot.doctorId).map(({ userId }) => userId),
    ];
    for (const memberId of team) {
      const key = `${patientId} ${memberId}`;
      const earlier = pairs.get(key)?.since ?? today;
      pairs.set(key, { patientId, memberId, since: slot.startsAt < earlier ? slot.startsAt : earlier });
    }
  }
  return [...pairs.values()];
}
