import type { Connection } from '../shared/connection.ts';

/** What stands behind the schema's types. */
export interface NotificationRecord {
  readonly id: string;
  readonly userId: string;
  readonly channel: 'IN_APP' | 'EMAIL' | 'SMS' | 'WHATSAPP' | 'PUSH';
  readonly title: string;
  readonly body: string;
  readonly createdAt: Date;
  /** Null while unread. */
  readonly readAt: Date | null;
}

export interface NotificationConnectionRecord extends Connection<NotificationRecord> {
  readonly unreadCount: number;
}

export interface NotificationPreferencesRecord {
  readonly email: boolean;
  readonly sms: boolean;
  readonly whatsapp: boolean;
  readonly push: boolean;
}

/** A person of the users subgraph: nothing but the id is known here. */
export interface UserRecord {
  readonly id: string;
}
