import { z } from 'zod';
import type { DomainEvent } from '../wire/domain-event.ts';
import type { EventType } from '../wire/names.ts';

const Event = z.object({
  id: z.string().min(1),
  // A newer publisher may write types that this version does not know: consumers pass over what they do not handle.
  type: z.string().transform((type) => type as EventType),
  source: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  audience: z.array(z.string()),
  data: z.record(z.string(), z.string().nullable()),
});

/** Reads an event from the JSON that a bus carries; undefined when it is none. */
export function parseEvent(text: string | undefined): DomainEvent | undefined {
  try {
    return Event.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
