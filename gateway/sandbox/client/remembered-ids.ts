import { createStore } from './create-store.ts';
import type { Store } from './create-store.ts';

/** The latest id of each kind that an answer has brought, by the name that stands for it in variables. */
export type Remembered = ReadonlyMap<string, string>;

export interface RememberedIds {
  readonly store: Store<Remembered>;
  /** Takes the ids out of an answer. */
  readonly learn: (answer: unknown) => void;
  /** Replaces every `{{name}}` in the variables. Throws an error that names what is not known yet, and how to get it. */
  fill(variables: unknown): unknown;
}

/** Which field, wherever it stands in an answer, holds an object (or a list or a connection of them) with which id. */
const idOfField: ReadonlyMap<string, string> = new Map([
  ['doctors', 'doctorId'],
  ['nearbyDoctors', 'doctorId'],
  ['doctor', 'doctorId'],
  ['availableSlots', 'slotId'],
  ['nextAvailableSlots', 'slotId'],
  ['appointment', 'appointmentId'],
  ['appointments', 'appointmentId'],
  ['myAppointments', 'appointmentId'],
  ['patient', 'patientId'],
  ['searchProducts', 'productId'],
  ['branch', 'branchId'],
  ['notifications', 'notificationId'],
  ['notificationReceived', 'notificationId'],
  ['grantConsent', 'consentId'],
]);

const bringer: ReadonlyMap<string, string> = new Map([
  ['doctorId', 'FindDoctors'],
  ['slotId', 'FindDoctors or Slots'],
  ['appointmentId', 'Book, MyUpcoming or DoctorDay'],
  ['patientId', 'DoctorDay (as a doctor), or sign in as a patient once'],
  ['productId', 'SearchProducts'],
  ['branchId', 'SearchProducts'],
  ['notificationId', 'Notifications'],
  ['consentId', 'GrantConsent'],
  ['refreshToken', 'Login'],
]);

const TWO_WEEKS_MS = 14 * 24 * 60 * 60 * 1000;

/** Remembers ids from answer to answer, so that one example leads to the next without copying. `now` is in milliseconds. */
export function createRememberedIds(now: () => number): RememberedIds {
  const store = createStore<Remembered>(new Map());

  function valueOf(name: string): string {
    if (name === 'now') return new Date(now()).toISOString();
    if (name === 'inTwoWeeks') return new Date(now() + TWO_WEEKS_MS).toISOString();
    const known = store.get().get(name);
    if (known !== undefined) return known;
    const source = bringer.get(name);
    if (source === undefined) throw new Error(`Not sent: nothing is called {{${name}}}.`);
    throw new Error(`Not sent: {{${name}}} is not known yet. Run ${source}, or put an id in its place.`);
  }

  function fill(value: unknown): unknown {
    if (typeof value === 'string') return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => valueOf(name));
    if (Array.isArray(value)) return value.map(fill);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    return value;
  }

  return {
    store,
    fill,
    learn: (answer) => {
      const found = new Map<string, string>();
      collect(answer, found);
      if (found.size > 0) store.set(new Map([...store.get(), ...found]));
    },
  };
}

/** The first id of a kind counts, in the order of the answer; outer objects come before inner ones. */
function collect(value: unknown, found: Map<string, string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  if (!isObject(value)) return;
  for (const [field, inner] of Object.entries(value)) {
    const name = field === 'me' && isObject(inner) && inner['role'] === 'PATIENT' ? 'patientId' : idOfField.get(field);
    const id = name === undefined ? undefined : choose(inner)?.['id'];
    if (name !== undefined && typeof id === 'string' && !found.has(name)) found.set(name, id);
    if (field === 'refreshToken' && typeof inner === 'string') found.set('refreshToken', inner);
  }
  for (const inner of Object.values(value)) collect(inner, found);
}

/** Of several appointments, the one that still waits for an answer is the one to go on with. */
function choose(value: unknown): Record<string, unknown> | undefined {
  const list = isObject(value) && Array.isArray(value['edges']) ? value['edges'].map(nodeOf) : value;
  if (!Array.isArray(list)) return isObject(list) ? list : undefined;
  const objects = list.filter(isObject);
  return objects.find((item) => item['status'] === 'REQUESTED') ?? objects[0];
}

function nodeOf(edge: unknown): unknown {
  return isObject(edge) ? edge['node'] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
