/** What one person is told. Plain words, nothing clinical, no names: a phone's lock screen shows them to whoever holds it. */
export interface News {
  readonly title: string;
  readonly body: string;
}

/** Whom a change of an appointment concerns. */
export type Reader = 'PATIENT' | 'DOCTOR';

type Telling = Readonly<Record<Reader, News | undefined>>;

const OPEN = 'Open the appointment to see the details.';

const TELLINGS: Readonly<Record<string, Telling>> = {
  REQUESTED: {
    PATIENT: { title: 'Appointment requested', body: `Your request was sent. You will hear when it is answered.` },
    DOCTOR: {
      title: 'New appointment request',
      body: 'A patient asks for an appointment. Confirm or reject it in your calendar.',
    },
  },
  CONFIRMED: forPatient('Appointment confirmed', `Your appointment is confirmed. ${OPEN}`),
  REJECTED: forPatient('Appointment not possible', 'Your request could not be accepted. Please choose another time.'),
  CANCELLED: {
    PATIENT: { title: 'Appointment cancelled', body: `Your appointment was cancelled. ${OPEN}` },
    DOCTOR: {
      title: 'Appointment cancelled',
      body: 'An appointment in your calendar was cancelled; its time is free again.',
    },
  },
  CHECKED_IN: forPatient('Checked in', 'You are checked in. You will be called when it is your turn.'),
  IN_PROGRESS: forPatient('Appointment started', 'Your appointment has started.'),
  COMPLETED: forPatient('Appointment completed', 'Your appointment is completed. Thank you for your visit.'),
  NO_SHOW: forPatient(
    'Appointment missed',
    'You were not seen at your appointment. You can book a new one at any time.',
  ),
};

const MOVED: Telling = {
  PATIENT: { title: 'Appointment moved', body: `Your appointment was moved to another time. ${OPEN}` },
  DOCTOR: undefined,
};
const MOVED_AND_OPEN: Telling = {
  PATIENT: { title: 'Appointment moved', body: 'Your appointment was moved and waits to be confirmed again.' },
  DOCTOR: {
    title: 'Appointment moved',
    body: 'A patient moved an appointment. Confirm or reject its new time in your calendar.',
  },
};
const CHANGED = forPatient('Appointment changed', `Something changed in your appointment. ${OPEN}`);

/**
 * What the patient and the doctor are told when an appointment goes from one status to another; `previousStatus` is `null` for a new
 * one. The patient hears of every change; the doctor of those that others bring about, and `undefined` of the rest.
 */
export function appointmentNews(previousStatus: string | null, status: string): Telling {
  if (previousStatus !== null && status === 'REQUESTED') return MOVED_AND_OPEN;
  if (previousStatus === status) return MOVED;
  return TELLINGS[status] ?? CHANGED;
}

function forPatient(title: string, body: string): Telling {
  return { PATIENT: { title, body }, DOCTOR: undefined };
}
