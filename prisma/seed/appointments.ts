import { databaseAdapter } from '../../subgraphs/shared/database.ts';
import { PrismaClient, type Prisma } from '../appointments/generated/client.ts';
import type { AppointmentStatusEventCreateManyInput } from '../appointments/generated/models.ts';
import { referralsOf } from './referrals.ts';
import { seedId } from './seed-id.ts';
import type { SeedAppointment, SeedStatus, World } from './world.ts';

const ROWS_PER_STATEMENT = 2_000;
const TRANSACTION_MS = 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How an appointment came to its status, from the request on. */
const WAYS: Readonly<Record<SeedStatus, readonly SeedStatus[]>> = {
  REQUESTED: ['REQUESTED'],
  CONFIRMED: ['REQUESTED', 'CONFIRMED'],
  REJECTED: ['REQUESTED', 'REJECTED'],
  CANCELLED: ['REQUESTED', 'CONFIRMED', 'CANCELLED'],
  CHECKED_IN: ['REQUESTED', 'CONFIRMED', 'CHECKED_IN'],
  IN_PROGRESS: ['REQUESTED', 'CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS'],
  COMPLETED: ['REQUESTED', 'CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED'],
  NO_SHOW: ['REQUESTED', 'CONFIRMED', 'NO_SHOW'],
};

/** Seeds slots, appointments with their history, staff and referrals. The past raises no events: nobody needs to be told of it. */
export async function seedAppointments(databaseUrl: string, world: World): Promise<'seeded' | 'kept'> {
  const prisma = new PrismaClient({ adapter: databaseAdapter(databaseUrl) });
  try {
    if ((await prisma.slot.findFirst({ select: { id: true } })) !== null) return 'kept';
    const now = new Date();
    await prisma.$transaction((tx) => write(tx, world, now), { timeout: TRANSACTION_MS });
    return 'seeded';
  } finally {
    await prisma.$disconnect();
  }
}

async function write(tx: Prisma.TransactionClient, world: World, now: Date): Promise<void> {
  const histories = world.appointments.map((appointment) => historyOf(appointment, world, now));
  for (const data of batches(world.slots)) await tx.slot.createMany({ data });
  await tx.staffAssignment.createMany({ data: [...world.staff] });
  const appointments = world.appointments.map((appointment, index) =>
    appointmentRow(appointment, histories[index] ?? []),
  );
  for (const data of batches(appointments)) await tx.appointment.createMany({ data });
  for (const data of batches(histories.flat())) await tx.appointmentStatusEvent.createMany({ data });
  await tx.referral.createMany({ data: [...referralsOf(world)] });
}

function appointmentRow(
  { id, slot, patientId, status, reason }: SeedAppointment,
  history: readonly AppointmentStatusEventCreateManyInput[],
) {
  const { id: slotId, doctorId, workplaceId, startsAt, endsAt } = slot;
  const createdAt = history[0]?.occurredAt ?? startsAt;
  const type = reason.startsWith('Follow-up') ? ('FOLLOW_UP' as const) : ('IN_PERSON' as const);
  const times = { slotId, doctorId, workplaceId, startsAt, endsAt, createdAt };
  return { id, patientId, status, reason, type, bookedBy: patientId, version: history.length, ...times };
}

function historyOf(
  { id, slot, patientId, status }: SeedAppointment,
  { today }: World,
  now: Date,
): AppointmentStatusEventCreateManyInput[] {
  const way = WAYS[status];
  const requestedAt = Math.min(slot.startsAt.getTime(), today.getTime()) - 48 * HOUR_MS;
  const usual: Readonly<Record<SeedStatus, number>> = {
    REQUESTED: requestedAt,
    CONFIRMED: requestedAt + 5 * HOUR_MS,
    REJECTED: requestedAt + 5 * HOUR_MS,
    CANCELLED: requestedAt + 25 * HOUR_MS,
    CHECKED_IN: slot.startsAt.getTime() - 10 * MINUTE_MS,
    IN_PROGRESS: slot.startsAt.getTime() + 2 * MINUTE_MS,
    COMPLETED: slot.endsAt.getTime(),
    NO_SHOW: slot.endsAt.getTime(),
  };
  return way.map((station, index) => {
    // Today's visits may lie ahead of the hour of seeding, but nothing has happened in the future.
    const latest = now.getTime() - (way.length - index) * MINUTE_MS;
    return {
      eventId: seedId('appointment-status-event', `${id}:${index}`),
      appointmentId: id,
      previousStatus: way[index - 1] ?? null,
      status: station,
      occurredAt: new Date(Math.min(usual[station], latest)),
      changedBy: station === 'REQUESTED' || station === 'CANCELLED' ? patientId : slot.doctorId,
      version: index + 1,
    };
  });
}

function batches<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_PER_STATEMENT) }, (_, index) =>
    rows.slice(index * ROWS_PER_STATEMENT, (index + 1) * ROWS_PER_STATEMENT),
  );
}
