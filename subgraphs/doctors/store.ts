import { PrismaClient, type Prisma } from '../../prisma/doctors/generated/client.ts';
import { databaseOptions } from '../shared/database.ts';
import type { DoctorRecord, WorkplaceRecord } from './records.ts';

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** The rows of the doctors database, without regard to who asks. */
export interface DoctorStore {
  doctorsById(ids: readonly string[]): Promise<DoctorRecord[]>;
  workplacesById(ids: readonly string[]): Promise<WorkplaceRecord[]>;
  /** In the order of their names. */
  workplacesOfDoctors(doctorIds: readonly string[]): Promise<WorkplaceRecord[]>;
  /** Rejects when the database does not answer. */
  check(): Promise<void>;
}

export interface DatabaseOptions {
  readonly databaseUrl: string;
  /** Told of every statement that is sent to the database, without its values. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

const DOCTOR = {
  id: true,
  displayName: true,
  specialization: true,
  verificationStatus: true,
  bio: true,
  yearsOfExperience: true,
  languages: true,
} satisfies Prisma.DoctorSelect;

/** Makes the client of the doctors database; it connects when it is first used, and must be disconnected at the end. */
export function openDatabase({ databaseUrl, onStatement }: DatabaseOptions): Database {
  const client = new PrismaClient({
    ...databaseOptions(databaseUrl),
    log: onStatement === undefined ? [] : [{ emit: 'event', level: 'query' }],
  });
  if (onStatement !== undefined) client.$on('query', ({ query }) => onStatement(query));
  return client;
}

/** Makes the store. */
export function createStore(database: Database): DoctorStore {
  return {
    doctorsById: (ids) => database.doctor.findMany({ where: { id: { in: [...ids] } }, select: DOCTOR }),
    workplacesById: (ids) =>
      database.workplace.findMany({ where: { id: { in: [...ids] } }, omit: { createdAt: true } }),
    workplacesOfDoctors: (doctorIds) =>
      database.workplace.findMany({
        where: { doctorId: { in: [...doctorIds] } },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        omit: { createdAt: true },
      }),
    async check() {
      await database.$queryRaw`SELECT 1`;
    },
  };
}

/** Adds a doctor whose profile nobody has edited or verified yet; one who is there already stays as they are. */
export async function addPendingDoctor(tx: Transaction, id: string, specialization: string): Promise<void> {
  await tx.doctor.createMany({ data: [{ id, specialization }], skipDuplicates: true });
}
