import { EVENT_TYPES } from '../../wire/names.ts';
import type { LoggedEvent } from '../../wire/domain-event.ts';
import type { OutboxEvent } from '../shared/outbox.ts';
import { appointmentNews, type News } from './appointment-news.ts';
import type { NotificationRecord } from './records.ts';
import { addNotifications, type NewNotification } from './store-news.ts';
import type { Transaction } from './store.ts';

/**
 * Makes what a changed appointment means into notifications for its patient and its doctor, each with its own event. Takes effect
 * once per person, however often the change is heard of. An event that lacks its ids concerns nobody.
 */
export function createTellOfAppointment(newId: () => string) {
  return async ({ id: eventId, time, data }: LoggedEvent, tx: Transaction): Promise<void> => {
    const { patientId, doctorId, previousStatus, status } = data;
    const { PATIENT, DOCTOR } = appointmentNews(previousStatus ?? null, status ?? '');
    const to = (userId: string | null | undefined, news: News | undefined): NewNotification[] =>
      userId == null || news === undefined
        ? []
        : [{ id: newId(), userId, channel: 'IN_APP', ...news, createdAt: new Date(time), eventId }];
    await addNotifications(tx, [...to(patientId, PATIENT), ...to(doctorId, DOCTOR)], createdEvent);
  };
}

function createdEvent({ id, userId, createdAt }: NotificationRecord): OutboxEvent {
  return { type: EVENT_TYPES.notificationCreated, subject: id, audience: [userId], data: {}, time: createdAt };
}
