import { useSyncExternalStore } from 'react';
import type { Store } from './create-store.ts';

/** The value of a store, in a component that is drawn again whenever the value is another one. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.watch, store.get);
}
