import { GraphQLError } from 'graphql';
import { row, type Row } from '../market/market-rows.ts';
import type { Args, FieldRule } from '../made-up/made-up-graph.ts';
import { appointmentRow, instant, itemRow, orderRow, type CareGraphRows } from './caregraph-rows.ts';

/** What the platform's mutations do to the data, as far as their answers and later reads show it. */
export function careGraphMutations(rows: CareGraphRows): Readonly<Record<string, FieldRule>> {
  return { ...accounts(rows), ...visits(rows), ...records(rows), ...orders(rows), ...notifications(rows) };
}

/** The row of that id; an error with the code NOT_FOUND where there is none. */
function byId(rows: readonly Row[], id: unknown): Row {
  const found = rows.find((candidate) => candidate['id'] === id);
  if (found === undefined) throw new GraphQLError('There is no such thing.', { extensions: { code: 'NOT_FOUND' } });
  return found;
}

function accounts({ users, patients }: CareGraphRows) {
  const signIn = (email: unknown): Row => {
    const user = users.find((candidate) => candidate['email'] === email);
    if (user === undefined) throw new GraphQLError('No.', { extensions: { code: 'UNAUTHENTICATED' } });
    const tokens = { accessToken: `access ${String(user['id'])}`, refreshToken: 'refresh', tokenType: 'Bearer' };
    return row('AuthPayload', { ...tokens, expiresIn: 900, user });
  };
  return {
    'Mutation.register': (_, { input }) => {
      const { email, name, phone, role } = input as Args;
      const n = users.length;
      const user = row('User', { n, id: String(n), email, name, phone, role, isVerified: false, addresses: [] });
      users.push(user);
      return row('RegisterPayload', { user, otpSentTo: email });
    },
    'Mutation.verifyOtp': (_, { email }) => signIn(email),
    'Mutation.resendOtp': () => true,
    'Mutation.login': (_, { email }) => signIn(email),
    'Mutation.refreshToken': (_, { refreshToken }) => signIn(refreshToken),
    'Mutation.logout': () => true,
    'Mutation.changePassword': (_, { newPassword }) => newPassword !== '',
    'Mutation.updateProfile': (_, { input }) => {
      for (const person of [...users.slice(0, 1), ...patients.slice(0, 1)]) Object.assign(person, input);
      return users[0];
    },
  } satisfies Record<string, FieldRule>;
}

function visits({ slots, appointments, patients }: CareGraphRows) {
  const changeTo =
    (status: string): FieldRule =>
    (_, { id }) =>
      Object.assign(byId(appointments, id), { status });
  const book = (slotId: unknown, take: (slot: Row) => Row): Row => {
    const slot = byId(slots, slotId);
    const free = slots.filter(({ isTaken }) => isTaken === false);
    if (slot['isTaken'] === true) return row('SlotTaken', { nextAvailableSlots: free.slice(0, 2) });
    slot['isTaken'] = true;
    return row('AppointmentBooked', { appointment: take(slot) });
  };
  return {
    'Mutation.bookAppointment': (_, { input }) => {
      const { slotId, reason, type, patientId } = input as Args;
      return book(slotId, (slot) => {
        const patient = patientId == null ? patients[0] : patients.find(({ id }) => id === patientId);
        const appointment = appointmentRow(appointments.length, { slot, patient: patient ?? byId(patients, '0') });
        appointments.push(Object.assign(appointment, { status: 'REQUESTED', reason, type }));
        return appointment;
      });
    },
    'Mutation.rescheduleAppointment': (_, { id, slotId }) => {
      const appointment = byId(appointments, id);
      return book(slotId, ({ startsAt, endsAt }) => Object.assign(appointment, { startsAt, endsAt }));
    },
    'Mutation.confirmAppointment': changeTo('CONFIRMED'),
    'Mutation.rejectAppointment': changeTo('REJECTED'),
    'Mutation.cancelAppointment': changeTo('CANCELLED'),
    'Mutation.checkInAppointment': changeTo('CHECKED_IN'),
    'Mutation.startAppointment': changeTo('IN_PROGRESS'),
    'Mutation.completeAppointment': changeTo('COMPLETED'),
    'Mutation.markAppointmentNoShow': changeTo('NO_SHOW'),
  } satisfies Record<string, FieldRule>;
}

function records({ consultations, prescriptions, consents, patients, doctors, products }: CareGraphRows) {
  const entry = (type: string, n: number, patientId: unknown): Row =>
    row(type, { n, id: String(n), occurredAt: instant(n), doctor: doctors[0], patient: byId(patients, patientId) });
  return {
    'Mutation.recordConsultation': (_, { input }) => {
      const { patientId, diagnosis, notes } = input as Args;
      const consultation = entry('Consultation', consultations.length, patientId);
      consultations.push(Object.assign(consultation, { diagnosis, notes }));
      return consultation;
    },
    'Mutation.issuePrescription': (_, { input }) => {
      const { patientId, items } = input as { patientId: unknown; items: readonly Args[] };
      const prescription = entry('Prescription', prescriptions.length, patientId);
      const listed = items.map(({ productId, dosage }, n) =>
        Object.assign(itemRow(n, products.find(({ id }) => id === productId) ?? null), { dosage }),
      );
      prescriptions.push(Object.assign(prescription, { status: 'ACTIVE', items: listed }));
      return prescription;
    },
    'Mutation.grantConsent': (_, { doctorId, expiresAt }) => {
      const doctor = byId(doctors, doctorId);
      const consent = row('Consent', { id: String(consents.length), doctor, grantedAt: instant(0), expiresAt });
      consents.push(consent);
      return consent;
    },
    'Mutation.revokeConsent': (_, { id }) => Object.assign(byId(consents, id), { revokedAt: instant(9) }),
  } satisfies Record<string, FieldRule>;
}

function orders({ branches, products, orders: placed }: CareGraphRows) {
  return {
    'Mutation.placeOrder': (_, { input }) => {
      const { branchId, items } = input as { branchId: unknown; items: readonly Args[] };
      const branch = byId(branches, branchId);
      const missing = items.filter(({ quantity }) => Number(quantity) > 3);
      if (missing.length > 0) return row('OutOfStock', { items: missing.map(outOfStock) });
      const order = orderRow(placed.length, {
        branch,
        products: items.map(({ productId }) => byId(products, productId)),
      });
      placed.push(order);
      return row('OrderPlaced', { order });
    },
  } satisfies Record<string, FieldRule>;
}

function outOfStock({ productId, quantity }: Args): Row {
  return row('OutOfStockItem', { productId, requested: quantity, available: 3 });
}

function notifications({ notifications: all, users }: CareGraphRows) {
  return {
    'Mutation.markNotificationRead': (_, { id }) => Object.assign(byId(all, id), { isRead: true }),
    'Mutation.markAllNotificationsRead': () => {
      const unread = all.filter(({ isRead }) => isRead === false);
      for (const notification of unread) notification['isRead'] = true;
      return unread.length;
    },
    'Mutation.updateNotificationPreferences': (_, { input }) =>
      Object.assign(users[0]?.['notificationPreferences'] as Row, withoutNulls(input as Args)),
  } satisfies Record<string, FieldRule>;
}

function withoutNulls(input: Args): Args {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
