import { clientError } from '../shared/client-error.ts';
import { scalars } from '../shared/scalars.ts';
import type { Resolvers } from './generated/resolvers.ts';

/** A field is one call. */
export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,

  Query: {
    notifications: (_, page, { own }) => own().inbox.page(page),
    notification: (_, { id }, { own }) => own().notification.load(id),
    unreadNotificationCount: (_, _args, { own }) => own().unreadCount(),
    notificationPreferences: (_, _args, { own }) => own().preferences.read(),
  },

  Mutation: {
    markNotificationRead: (_, { id }, { own }) => own().inbox.markRead(id),
    markAllNotificationsRead: (_, _args, { own }) => own().inbox.markAllRead(),
    updateNotificationPreferences: (_, { input }, { own }) => own().preferences.change(input),
  },

  Subscription: {
    // The gateway feeds it from the event log (see `@eventSource`) and asks `Query.notification` for each event.
    notificationReceived: { subscribe: sendToGateway, resolve: sendToGateway },
  },

  Notification: {
    __resolveReference: async ({ id }, { own }) => own().notification.load(id),
    isRead: ({ readAt }) => readAt !== null,
  },

  User: {
    __resolveReference: async ({ id }) => ({ id }),
    notificationPreferences: (_, _args, { own }) => own().preferences.read(),
    unreadNotificationCount: (_, _args, { own }) => own().unreadCount(),
  },
};

function sendToGateway(): never {
  throw clientError('BAD_USER_INPUT', 'Subscribe at the gateway: this service answers queries and mutations.');
}
