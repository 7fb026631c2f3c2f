/** IndexedDB of this device. Its names are repeated in `public/service-worker.js`, which counts what is kept. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Sealed } from './device-cipher.ts';
import type { KeptHead } from './kept.ts';

export interface StoredAnswers {
  readonly head: KeptHead;
  readonly sealed: Sealed;
}

/** For the page that stands in while there is no connection. */
export interface OfflinePage {
  readonly locale: string;
  readonly words: Readonly<Record<string, string>>;
  /** After so many nothing is kept. */
  readonly days: number;
}

interface Schema extends DBSchema {
  answers: { key: string; value: StoredAnswers };
  facts: { key: 'signed-in'; value: string } | { key: 'offline-page'; value: OfflinePage };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function deviceStore(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('bihuan', 1, {
    upgrade(database) {
      database.createObjectStore('answers', { keyPath: 'head.id' });
      database.createObjectStore('facts');
    },
    // A page of a later build must not wait for this one.
    blocking(_current, _wanted, event) {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
  opened.catch(forget);
  return opened;
}

function forget(): void {
  opened = undefined;
}

/** Over HTTP from elsewhere than this machine browsers encrypt nothing; then nothing is kept. */
export const canKeep = (): boolean =>
  typeof indexedDB !== 'undefined' && globalThis.crypto?.subtle !== undefined && navigator.locks !== undefined;
