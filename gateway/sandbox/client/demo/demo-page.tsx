import type { ReactNode } from 'react';
import { useStore } from '../use-store.ts';
import type { Demo, DemoState } from './demo.ts';

interface Action {
  label: string;
  /** A mutation with the appointment's `$id`. */
  mutation: string;
}

const action = (label: string, field: string): Action => ({
  label,
  mutation: `mutation($id: ID!) { ${field}(id: $id) { id status } }`,
});

/** What the doctor may do next, by the status of the appointment. */
const NEXT: Readonly<Record<string, readonly Action[]>> = {
  REQUESTED: [action('Confirm', 'confirmAppointment'), action('Reject', 'rejectAppointment')],
  CONFIRMED: [action('Check in', 'checkInAppointment'), action('Cancel', 'cancelAppointment')],
  CHECKED_IN: [action('Start', 'startAppointment')],
  IN_PROGRESS: [action('Complete', 'completeAppointment')],
};

const CONNECTION: Readonly<Record<DemoState['connection'], string>> = {
  none: 'not subscribed',
  connecting: 'connecting …',
  live: 'live',
  lost: 'no connection',
};

/** One appointment, seen from both sides. */
export function DemoPage({ demo }: { demo: Demo }): ReactNode {
  const state = useStore(demo.store);
  return (
    <main>
      <header>
        <h1>Live appointment status</h1>
        <p>
          The patient&rsquo;s phone subscribes over graphql-transport-ws; the doctor&rsquo;s desk changes the
          appointment. Take the phone&rsquo;s connection away, go on at the desk, and give it back: what was missed
          comes, once and in order, and shows the appointment as it is then. The API is open in the{' '}
          <a href="/">sandbox</a>.
        </p>
        <button type="button" onClick={() => void demo.book()}>
          {state.appointment ? 'Book another appointment' : 'Book an appointment'}
        </button>
        {state.problem !== undefined && <p role="alert">{state.problem}</p>}
      </header>
      {state.appointment && (
        <div className="sides">
          <Phone demo={demo} state={state} />
          <Desk demo={demo} status={state.desk} />
        </div>
      )}
    </main>
  );
}

function Phone({ demo, state }: { demo: Demo; state: DemoState }): ReactNode {
  const { appointment, connection, events } = state;
  return (
    <section aria-label="The patient's phone">
      <h2>
        The patient&rsquo;s phone <span className={`is-${connection}`}>{CONNECTION[connection]}</span>
      </h2>
      <output>{appointment?.status}</output>
      <ol>
        {events.map(({ number, line }) => (
          <li key={number}>{line}</li>
        ))}
      </ol>
      {state.isCut ? (
        <button type="button" onClick={() => demo.restore()}>
          Give the connection back
        </button>
      ) : (
        <button type="button" onClick={() => demo.lose()} disabled={connection !== 'live'}>
          Take the connection away
        </button>
      )}
    </section>
  );
}

function Desk({ demo, status }: { demo: Demo; status: string | undefined }): ReactNode {
  const actions = NEXT[status ?? ''] ?? [];
  return (
    <section aria-label="The doctor's desk">
      <h2>The doctor&rsquo;s desk</h2>
      <output>{status}</output>
      {actions.map(({ label, mutation }) => (
        <button key={label} type="button" onClick={() => void demo.act(mutation)}>
          {label}
        </button>
      ))}
      {actions.length === 0 && <p>Nothing is left to do for this appointment.</p>}
    </section>
  );
}
