import type { LoggedEvent } from '../../wire/domain-event.ts';
import { addPendingDoctor, type Transaction } from './store.ts';

/** What a doctor is until they say what else they are. */
const FIRST_SPECIALIZATION = 'General Practice';

/** When a person who registered as a doctor has proven their address: opens their profile, out of sight until it is verified. */
export async function welcomeDoctor(event: LoggedEvent, tx: Transaction): Promise<void> {
  if (event.data['role'] === 'DOCTOR') await addPendingDoctor(tx, event.subject, FIRST_SPECIALIZATION);
}
