import { SUBGRAPH_NAMES, type SubgraphName } from '../../wire/names.ts';
import { seedAppointments } from './appointments.ts';
import { seedClinical } from './clinical.ts';
import { seedDoctors } from './doctors.ts';
import { seedNotifications } from './notifications.ts';
import { seedPharmacy } from './pharmacy.ts';
import { seedUsers } from './users.ts';
import { buildWorld, type World } from './world.ts';

/** Seeds one database when it is empty; tells whether it wrote anything. */
type Seed = (databaseUrl: string, world: World) => Promise<'seeded' | 'kept'>;

const SEEDS: Readonly<Record<SubgraphName, Seed>> = {
  users: seedUsers,
  doctors: seedDoctors,
  appointments: seedAppointments,
  clinical: seedClinical,
  pharmacy: seedPharmacy,
  notifications: seedNotifications,
};

const world = buildWorld(new Date());
const outcomes = await Promise.all(
  SUBGRAPH_NAMES.map(async (name) => {
    const url =
      process.env[`${name.toUpperCase()}_DATABASE_URL`] ?? `postgresql://postgres:postgres@127.0.0.1:5432/${name}`;
    return `${name} ${await SEEDS[name](url, world)}`;
  }),
);
console.log(outcomes.join(', '));
