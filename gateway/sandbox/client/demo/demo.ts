import { createStore } from '../create-store.ts';
import { DEMO_PASSWORD } from '../demo-accounts.ts';
import { eventLine } from '../event-line.ts';
import type { openSubscription, SubscriptionResult } from '../open-subscription.ts';
import type { Post } from '../post-operation.ts';
import type { SignIn } from '../sign-in.ts';
import type { LosableSockets } from './losable-sockets.ts';

export interface DemoState {
  /** With the status that the phone knows. */
  appointment: { id: string; status: string } | undefined;
  /** The status that the doctor was last told. */
  desk: string | undefined;
  connection: 'none' | 'connecting' | 'live' | 'lost';
  /** Whether the connection was taken away on purpose. */
  isCut: boolean;
  /** The latest last. */
  events: readonly { number: number; line: string }[];
  problem: string | undefined;
}

export interface DemoParts {
  patient: SignIn;
  doctor: SignIn;
  post: Post;
  operationText: (name: string) => string;
  open: typeof openSubscription;
  sockets: LosableSockets;
  subscriptionUrl: string;
}

const FREE_SLOT = 'query FreeSlot { me { doctor { nextAvailableSlots(first: 1) { id } } } }';
const START: DemoState = {
  appointment: undefined,
  desk: undefined,
  connection: 'none',
  isCut: false,
  events: [],
  problem: undefined,
};

/** Plays both sides of an appointment: the patient's phone, which subscribes, and the doctor's desk, which changes it. */
export class Demo {
  readonly store = createStore<DemoState>(START);
  readonly #parts: DemoParts;
  #stop = (): void => undefined;
  #heard = 0;

  constructor(parts: DemoParts) {
    this.#parts = parts;
  }

  /** Books the doctor's next free slot as the patient, whose phone listens from then on. */
  async book(): Promise<void> {
    const { patient, doctor, operationText, sockets } = this.#parts;
    this.#stop();
    sockets.restore();
    this.store.set(START);
    await this.#attempt(async () => {
      await Promise.all([enter(patient, 'patient@example.com'), enter(doctor, 'doctor@example.com')]);
      const found = await this.#ask(doctor, FREE_SLOT, {});
      const slotId = textAt(found, ['me', 'doctor', 'nextAvailableSlots', '0', 'id']);
      if (slotId === undefined) throw new Error('The doctor has no free slot. `npm start -- --reset` begins anew.');
      const booked = await this.#ask(patient, operationText('Book'), { input: { slotId, reason: 'Demo' } });
      const [id, status] = ['id', 'status'].map((key) => textAt(booked, ['bookAppointment', 'appointment', key]));
      if (id === undefined || status === undefined) throw new Error('Somebody has just taken the slot. Try again.');
      this.#change({ appointment: { id, status }, desk: status });
      this.#listen(id);
    });
  }

  /** Sends one of the doctor's mutations about the appointment. */
  async act(mutation: string): Promise<void> {
    const { appointment } = this.store.get();
    if (appointment === undefined) return;
    await this.#attempt(async () => {
      const [changed] = Object.values(await this.#ask(this.#parts.doctor, mutation, { id: appointment.id }));
      this.#change({ desk: textAt(changed, ['status']) });
    });
  }

  /** Takes the phone's connection away. */
  lose(): void {
    this.#change({ isCut: true });
    this.#parts.sockets.lose();
  }

  /** Gives the phone's connection back. */
  restore(): void {
    this.#change({ isCut: false });
    this.#parts.sockets.restore();
  }

  #change(some: Partial<DemoState>): void {
    this.store.set({ ...this.store.get(), ...some });
  }

  /** What goes wrong is shown. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    this.#change({ problem: undefined });
    try {
      await work();
    } catch (error) {
      this.#change({ problem: error instanceof Error ? error.message : String(error) });
    }
  }

  async #ask(
    who: SignIn,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const outcome = await this.#parts.post(query, variables, await who.authorization());
    if ('refusal' in outcome) throw new Error(outcome.refusal);
    return outcome.data;
  }

  #listen(appointmentId: string): void {
    const { open, operationText, patient, sockets, subscriptionUrl: url } = this.#parts;
    const name = 'AppointmentStatus';
    const connection = { url, authorization: patient.authorization, canRenew: true, webSocketImpl: sockets.WebSocket };
    this.#change({ connection: 'connecting' });
    this.#stop = open({ query: operationText(name), variables: { appointmentId }, operationName: name }, connection, {
      onConnected: () => this.#change({ connection: 'live' }),
      onLost: () => this.#change({ connection: 'lost' }),
      onEvent: (result) => this.#hear(result),
      onEnd: (problem) => this.#change({ connection: 'none', problem }),
    });
  }

  #hear(result: SubscriptionResult): void {
    const { appointment, events } = this.store.get();
    const status = textAt(result.data, ['appointmentStatusChanged', 'appointment', 'status']);
    const before = textAt(result.data, ['appointmentStatusChanged', 'previousStatus']);
    // An event that was missed shows the appointment as it is when it is told.
    const line = status === undefined ? eventLine(result) : `was ${before ?? 'new'}, is ${status}`;
    this.#heard += 1;
    this.#change({
      events: [...events, { number: this.#heard, line }],
      ...(status !== undefined && appointment !== undefined && { appointment: { ...appointment, status } }),
    });
  }
}

async function enter(who: SignIn, email: string): Promise<void> {
  if (who.store.get().status !== 'signed-in') await who.signIn(email, DEMO_PASSWORD);
  const state = who.store.get();
  if (state.status === 'signed-out') throw new Error(state.notice ?? `${email} could not sign in.`);
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'string' ? value : undefined;
  return typeof value === 'object' && value !== null
    ? textAt((value as Readonly<Record<string, unknown>>)[key], rest)
    : undefined;
}
