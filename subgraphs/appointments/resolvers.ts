import { clientError } from '../shared/client-error.ts';
import { scalars } from '../shared/scalars.ts';
import { checkedCount } from './availability.ts';
import { calendarKey } from './calendar-pages.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/resolvers.ts';
import type { AppointmentRecord } from './records.ts';
import type { StatusAction } from './status-transitions.ts';

/** The fields of the schema: each is one call. */
export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  Query: {
    availableSlots: async (_, { doctorId, from, to }, { availability }) => [
      ...(await availability.between(doctorId, { from, to })),
    ],
    appointment: (_, { id }, { loaders }) => loaders.appointment.load(id),
    myAppointments: (_, { filter, ...page }, { caller, listAppointments }) =>
      listAppointments(caller, page, filter ?? {}),
    appointmentStatusEvent: (_, { id }, { loaders }) => loaders.statusEvent.load(id),
  },
  Mutation: {
    bookAppointment: (_, { input }, context) => afterwards(context, context.bookAppointment(context.caller, input)),
    rescheduleAppointment: (_, request, context) =>
      afterwards(context, context.rescheduleAppointment(context.caller, request)),
    confirmAppointment: change('confirm'),
    rejectAppointment: change('reject'),
    cancelAppointment: change('cancel'),
    checkInAppointment: change('checkIn'),
    startAppointment: change('start'),
    completeAppointment: change('complete'),
    markAppointmentNoShow: change('markNoShow'),
  },
  // Over HTTP the operation comes to `resolve`, over a subscription protocol to `subscribe`.
  Subscription: { appointmentStatusChanged: { subscribe: refuseToStream, resolve: refuseToStream } },
  Slot: {
    __resolveReference: async ({ id }, { loaders }) => loaders.slot.load(id),
    doctor: ({ doctorId }) => ({ id: doctorId }),
    workplace: ({ workplaceId }) => ({ id: workplaceId }),
  },
  Appointment: {
    __resolveReference: async ({ id }, { loaders }) => loaders.appointment.load(id),
    doctor: ({ doctorId }) => ({ id: doctorId }),
    patient: ({ patientId }) => ({ id: patientId }),
    workplace: ({ workplaceId }) => ({ id: workplaceId }),
    statusHistory: async ({ id }, _, { loaders }) => [...(await loaders.history.load(id))],
  },
  AppointmentStatusEvent: {
    appointment: ({ appointmentId }, _, { loaders }) => known(loaders.appointment.load(appointmentId)),
  },
  Doctor: {
    __resolveReference: async ({ id }) => ({ id }),
    nextAvailableSlots: ({ id }, { first }, { loaders }) =>
      loaders.nextSlots.load({ doctorId: id, first: checkedCount(first) }),
    appointments: async ({ id }, args, { loaders }) => loaders.calendar.load(calendarKey(id, args)),
  },
  SlotTaken: {
    nextAvailableSlots: ({ nextAvailableSlots }) => [...nextAvailableSlots],
  },
  Referral: {
    __resolveReference: async ({ id }, { loaders }) => loaders.referral.load(id),
    fromDoctor: ({ fromDoctorId }) => ({ id: fromDoctorId }),
    toDoctor: ({ toDoctorId }) => ({ id: toDoctorId }),
    patient: ({ patientId }) => ({ id: patientId }),
  },
};

function refuseToStream(): never {
  throw clientError('BAD_USER_INPUT', 'The gateway serves this subscription from the event log: subscribe there.');
}

function change(action: StatusAction) {
  return (_: unknown, request: { id: string; reason?: string | null | undefined }, context: Context) =>
    afterwards(context, context.changeStatus(context.caller, action, request));
}

/** A request can hold several mutations: what was loaded before one of them must not be read after it. */
async function afterwards<Result>({ loaders }: Context, result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } finally {
    loaders.forget();
  }
}

/** An event that the caller may see has an appointment that they may see: visibility.ts decides both in one. */
async function known(appointment: Promise<AppointmentRecord | null>): Promise<AppointmentRecord> {
  const row = await appointment;
  if (row === null) throw new Error('a visible event without a visible appointment');
  return row;
}
