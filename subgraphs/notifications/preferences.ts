import type { NotificationPreferencesRecord } from './records.ts';
import type { NotificationStore } from './store.ts';

/** What a client sends: a field that is absent or null stays as it is. */
export type PreferenceChanges = {
  readonly [Channel in keyof NotificationPreferencesRecord]?: boolean | null | undefined;
};

/** The choice of whoever has never chosen; the database's defaults say the same of a row's missing fields. */
export const DEFAULT_PREFERENCES: NotificationPreferencesRecord = {
  email: true,
  sms: false,
  whatsapp: false,
  push: false,
};

const CHANNELS = ['email', 'sms', 'whatsapp', 'push'] as const;

/** By which channels a person wants to hear besides the app. */
export interface Preferences {
  read(): Promise<NotificationPreferencesRecord>;
  change(changes: PreferenceChanges): Promise<NotificationPreferencesRecord>;
}

export type PreferenceStore = Pick<NotificationStore, 'preferences' | 'savePreferences'>;

/** Opens the preferences of a person. */
export function openPreferences(store: PreferenceStore, userId: string, now: () => Date): Preferences {
  return {
    read: async () => (await store.preferences(userId)) ?? DEFAULT_PREFERENCES,
    change: (changes) => {
      const given = CHANNELS.flatMap((channel) => {
        const isWanted = changes[channel];
        return isWanted == null ? [] : [[channel, isWanted] as const];
      });
      return store.savePreferences(userId, Object.fromEntries(given), now());
    },
  };
}
