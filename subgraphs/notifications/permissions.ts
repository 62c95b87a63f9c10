import { allow, rule } from '../../wire/graphql-shield.ts';
import type { Permissions } from '../shared/permissions.ts';
import type { Context } from './context.ts';
import type { UserRecord } from './records.ts';

/** What a person chose and has not read is for the person alone, not for doctors and administrators either. */
const isThePerson = rule({ cache: 'no_cache' })(
  ({ id }: UserRecord, _args: unknown, { identity }: Context) => identity.kind === 'user' && identity.subject === id,
);

/**
 * Who may use which field, beyond what the schema demands. Rows are read through the caller's own inbox only (see context.ts), so
 * that no id leads to somebody else's.
 */
export const permissions: Permissions = {
  Query: { notifications: allow, notification: allow, unreadNotificationCount: allow, notificationPreferences: allow },
  Mutation: { markNotificationRead: allow, markAllNotificationsRead: allow, updateNotificationPreferences: allow },
  Subscription: { notificationReceived: allow },
  Notification: { '*': allow },
  NotificationPreferences: { '*': allow },
  User: { id: allow, notificationPreferences: isThePerson, unreadNotificationCount: isThePerson },
  NotificationConnection: { '*': allow },
  NotificationEdge: { '*': allow },
  PageInfo: { '*': allow },
};
