import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { createAppointmentsSubgraph } from '../../subgraphs/appointments/build.ts';
import type { Identity } from '../../wire/identity.ts';
import { createTestDatabase } from './postgres.ts';
import { createTestGateway, person, type Answer } from './test-gateway.ts';

/** Everybody's clock in the tests of the appointments. */
export const NOW = new Date('2030-03-04T06:00:00.000Z');
export const HOUR_MS = 60 * 60 * 1000;

/** The people of the clinic. The assistant and the nurse look after the first doctor. */
export const PATIENT = person('patient', 'PATIENT');
export const PATIENT2 = person('patient2', 'PATIENT');
export const DOCTOR = person('doctor', 'DOCTOR');
export const DOCTOR2 = person('doctor2', 'DOCTOR');
export const ASSISTANT = person('assistant', 'ASSISTANT');
export const NURSE = person('nurse', 'NURSE');
export const PHARMACY = person('pharmacy', 'PHARMACY');
export const ADMIN = person('admin', 'ADMIN');
export const STRANGER_ASSISTANT = person('stranger-assistant', 'ASSISTANT');

interface SlotWish {
  readonly doctorId?: string;
  /** Hours from now; negative for the past. */
  readonly inHours: number;
  readonly hours?: number;
}

export interface Clinic {
  ask(identity: Identity, query: string, variables?: object): Promise<Answer>;
  /** Adds a slot and returns its id. */
  addSlot(wish: SlotWish): Promise<string>;
  /** Adds a slot, in the past too, and books it; returns the appointment's id. */
  book(wish: SlotWish, patient?: Identity): Promise<string>;
  /** Puts an appointment into a status without a trace, to start from there. */
  setStatus(id: string, status: string): Promise<void>;
  rows<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Where the subgraph listens, over real HTTP; starts it at the first call. */
  listen(): Promise<string>;
  /** A signed assertion of who is calling. */
  assertion(identity: Identity): Promise<string>;
  /** How many SQL statements the work makes the subgraph send. */
  countStatements(work: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Opens an appointments subgraph with an empty database of its own, at `NOW`. */
export async function openClinic(): Promise<Clinic> {
  const database = await createTestDatabase('appointments');
  const gateway = await createTestGateway();
  let statements = 0;
  const { app, close } = await createAppointmentsSubgraph({
    databaseUrl: database.url,
    eventSettings: undefined,
    assertionKeys: { jwks: gateway.jwks },
    log: pino({ level: 'silent' }),
    now: () => NOW,
    onStatement: () => {
      statements += 1;
    },
  });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  let address: Promise<string> | undefined;
  await pool.query(
    `INSERT INTO staff_assignment (doctor_id, user_id, role)
     VALUES ('doctor', 'assistant', 'ASSISTANT'), ('doctor', 'nurse', 'NURSE'), ('doctor9', 'stranger-assistant', 'ASSISTANT')`,
  );

  const clinic: Clinic = {
    ask: (identity, query, variables) => gateway.ask({ name: 'appointments', app }, identity, query, variables),
    async addSlot({ doctorId = 'doctor', inHours, hours = 0.5 }) {
      const id = randomUUID();
      const startsAt = new Date(NOW.getTime() + inHours * HOUR_MS);
      const endsAt = new Date(startsAt.getTime() + hours * HOUR_MS);
      await pool.query('INSERT INTO slot VALUES ($1, $2, $3, $4, $5)', [
        id,
        doctorId,
        `${doctorId}-clinic`,
        startsAt,
        endsAt,
      ]);
      return id;
    },
    async book(wish, patient = PATIENT) {
      const slotId = await clinic.addSlot({ ...wish, inHours: Math.max(wish.inHours, 0.01) });
      const { data } = await clinic.ask(
        patient,
        'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { ... on AppointmentBooked { appointment { id } } } }',
        { input: { slotId } },
      );
      const { bookAppointment } = data as { bookAppointment: { appointment: { id: string } } };
      // What lies in the past was booked when it was still ahead: here it is moved back.
      for (const [table, id] of [
        ['slot', slotId],
        ['appointment', bookAppointment.appointment.id],
      ] as const) {
        await pool.query(
          `UPDATE ${table} SET starts_at = starts_at - $2 * interval '1 hour', ends_at = ends_at - $2 * interval '1 hour'
           WHERE id = $1`,
          [id, Math.max(0.01 - wish.inHours, 0)],
        );
      }
      return bookAppointment.appointment.id;
    },
    async setStatus(id, status) {
      await pool.query('UPDATE appointment SET status = $2::appointment_status WHERE id = $1', [id, status]);
    },
    rows: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<Row>(sql, values)).rows,
    listen: () => (address ??= app.listen({ port: 0, host: '127.0.0.1' })),
    assertion: (identity) => gateway.assertion(identity, 'appointments'),
    async countStatements(work) {
      const before = statements;
      await work();
      return statements - before;
    },
    async close() {
      await close();
      await pool.end();
      await database.drop();
    },
  };
  return clinic;
}
