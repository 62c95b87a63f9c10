import { allow, rule } from '../../wire/graphql-shield.ts';
import { clientError } from '../shared/client-error.ts';
import type { Permissions } from '../shared/permissions.ts';
import type { Context } from './context.ts';
import type { DoctorRecord } from './records.ts';

const isOwnCalendar = rule({ cache: 'no_cache' })(async (doctor: DoctorRecord, _args: unknown, { caller }: Context) => {
  const calendars = await caller.calendars();
  return (
    calendars.has(doctor.id) || clientError('FORBIDDEN', 'A calendar is for its doctor and those who look after it.')
  );
});

/** Open to whoever meets the schema's demand: the rows behind it are guarded where they are read (visibility.ts, the use cases). */
const rowsAreGuarded = allow;

/** Who may read which field, beyond what the schema demands. What is not listed is refused. */
export const permissions: Permissions = {
  Query: {
    availableSlots: allow,
    appointment: rowsAreGuarded,
    myAppointments: rowsAreGuarded,
    appointmentStatusEvent: rowsAreGuarded,
  },
  Mutation: {
    bookAppointment: rowsAreGuarded,
    confirmAppointment: rowsAreGuarded,
    rejectAppointment: rowsAreGuarded,
    cancelAppointment: rowsAreGuarded,
    rescheduleAppointment: rowsAreGuarded,
    checkInAppointment: rowsAreGuarded,
    startAppointment: rowsAreGuarded,
    completeAppointment: rowsAreGuarded,
    markAppointmentNoShow: rowsAreGuarded,
  },
  Subscription: { appointmentStatusChanged: allow },
  Slot: { '*': allow },
  SlotTaken: { '*': allow },
  Doctor: { id: allow, nextAvailableSlots: allow, appointments: isOwnCalendar },
  Patient: { '*': allow },
  Workplace: { '*': allow },
  PageInfo: { '*': allow },
  Appointment: { '*': rowsAreGuarded },
  AppointmentBooked: { '*': rowsAreGuarded },
  AppointmentConnection: { '*': rowsAreGuarded },
  AppointmentEdge: { '*': rowsAreGuarded },
  AppointmentStatusChange: { '*': rowsAreGuarded },
  AppointmentStatusEvent: { '*': rowsAreGuarded },
  Referral: { '*': rowsAreGuarded },
};
