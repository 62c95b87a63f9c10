import { appointmentNews, type News, type Reader } from '../../subgraphs/notifications/appointment-news.ts';
import type { Role } from '../../wire/identity.ts';
import { PrismaClient, type Prisma } from '../notifications/generated/client.ts';
import { createDice } from './dice.ts';
import type { Person } from './people.ts';
import { seedId } from './seed-id.ts';
import { seedOptions } from './seed-options.ts';
import type { SeedAppointment, World } from './world.ts';

const HOUR_MS = 60 * 60 * 1000;
const TWO_WEEKS_HOURS = 14 * 24;
const PER_DEMO_ACCOUNT = 10;
const PER_PATIENT = 3;
const OTHER_PATIENTS = 60;

/** What accounts hear of that have no appointments of their own. */
const TOLD: Readonly<Partial<Record<Role, readonly News[]>>> = {
  ASSISTANT: [
    { title: 'New appointment request', body: 'A request waits in the calendar that you look after.' },
    { title: 'Calendar changed', body: 'An appointment in the calendar that you look after was cancelled.' },
    { title: 'Day plan ready', body: 'The plan of the day is ready in the dashboard.' },
  ],
  NURSE: [
    { title: 'Patient checked in', body: 'A patient is waiting at the reception.' },
    { title: 'Day plan ready', body: 'The plan of the day is ready in the dashboard.' },
  ],
  PHARMACY: [
    { title: 'New order', body: 'An order waits to be prepared.' },
    { title: 'Stock is low', body: 'A product of a branch is below its minimum. Open the stock list to see which.' },
    { title: 'Order delivered', body: 'A delivery was completed.' },
  ],
  ADMIN: [
    { title: 'New registrations', body: 'Doctors wait for their verification.' },
    { title: 'Daily summary', body: "Yesterday's figures are ready in the dashboard." },
  ],
};

/** Seeds what people were told in the last two weeks, in one transaction; keeps a database that holds notifications. */
export async function seedNotifications(databaseUrl: string, world: World): Promise<'seeded' | 'kept'> {
  const database = new PrismaClient(seedOptions(databaseUrl));
  try {
    if ((await database.notification.count()) > 0) return 'kept';
    const isDemo = ({ email }: Person): boolean => !email.endsWith('@seed.example.com');
    const demo = world.people.filter(isDemo);
    const others = world.patients.filter((person) => !isDemo(person)).slice(0, OTHER_PATIENTS);
    await database.$transaction([
      database.notification.createMany({
        data: [
          ...demo.flatMap((person) => notificationsOf(person, PER_DEMO_ACCOUNT, world)),
          ...others.flatMap((person) => notificationsOf(person, PER_PATIENT, world)),
        ],
      }),
      database.notificationPreferences.createMany({
        data: demo.map(({ id, role }) => ({
          userId: id,
          push: role === 'PATIENT',
          sms: role === 'DOCTOR',
          updatedAt: world.today,
        })),
      }),
    ]);
    return 'seeded';
  } finally {
    await database.$disconnect();
  }
}

function notificationsOf(person: Person, atMost: number, world: World): Prisma.NotificationCreateManyInput[] {
  const { today } = world;
  const dice = createDice(Number.parseInt(person.id.slice(0, 8), 16));
  const told = newsFor(person, atMost, world);
  return told.map((news, index) => {
    const hoursAgo = Math.floor((TWO_WEEKS_HOURS * (index + dice.roll(100) / 100)) / told.length) + 1;
    const createdAt = new Date(today.getTime() - hoursAgo * HOUR_MS);
    const isRead = dice.roll(100) < (hoursAgo > 72 ? 85 : 25);
    return {
      id: seedId('notification', `${person.email}:${index}`),
      userId: person.id,
      ...news,
      createdAt,
      readAt: isRead ? new Date(createdAt.getTime() + HOUR_MS / 2) : null,
    };
  });
}

/** Of a patient's and a doctor's own appointments, of the others what their role is told of. */
function newsFor({ id, role }: Person, atMost: number, { appointments }: World): readonly News[] {
  if (role === 'PATIENT')
    return appointmentsNews(
      appointments.filter(({ patientId }) => patientId === id),
      'PATIENT',
      atMost,
    );
  if (role === 'DOCTOR')
    return appointmentsNews(
      appointments.filter(({ slot }) => slot.doctorId === id),
      'DOCTOR',
      atMost,
    );
  const told = TOLD[role] ?? [];
  return Array.from({ length: atMost }, (_, index) => told[index % told.length]).filter((news) => news !== undefined);
}

function appointmentsNews(appointments: readonly SeedAppointment[], reader: Reader, atMost: number): News[] {
  const requested = appointmentNews(null, 'REQUESTED')[reader];
  return [...appointments]
    .sort((one, other) => other.slot.startsAt.getTime() - one.slot.startsAt.getTime())
    .map(({ status }) => appointmentNews(null, status)[reader] ?? requested)
    .filter((news) => news !== undefined)
    .slice(0, atMost);
}
