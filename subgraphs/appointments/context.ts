import type { RequestContext } from '../shared/context.ts';
import type { Availability } from './availability.ts';
import type { BookAppointment } from './booking.ts';
import type { Caller } from './caller.ts';
import type { ChangeStatus } from './changing.ts';
import type { ListAppointments } from './listing.ts';
import type { Loaders } from './loaders.ts';
import type { RescheduleAppointment } from './rescheduling.ts';

/** What the resolvers of one request work with. */
export interface Context extends RequestContext {
  readonly caller: Caller;
  readonly loaders: Loaders;
  readonly availability: Availability;
  readonly listAppointments: ListAppointments;
  readonly bookAppointment: BookAppointment;
  readonly rescheduleAppointment: RescheduleAppointment;
  readonly changeStatus: ChangeStatus;
}
