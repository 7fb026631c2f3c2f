import type { Database } from '#db/database.ts';
import { notifyChanges } from '#db/notify.ts';

/** What other processes are told after a commit: nothing that is not an id. */
export interface Change {
  readonly instanceId: string;
  readonly seq: number;
  /** Whose lists or notices changed. */
  readonly principals: readonly string[];
  /** A message or signal was thrown, or somebody waits for one. */
  readonly hasNews?: true;
}

const NEWS = { hasNews: true } as const;

/** Whatever step a page shows, it is to be read again. */
export const ANY_SEQ = 0;

/** Shorter than anybody notices, and a moment of many steps is one message to every process. */
const BATCH_MS = 20;

/** Sends NOTIFY after commit, batched (P6). Whoever misses one polls. */
export class Changes {
  readonly #db: Database;
  #waiting: (Change | typeof NEWS)[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  publish(change: Change): void {
    this.#send(change);
  }

  /** Something was thrown from outside. */
  announceNews(): void {
    this.#send(NEWS);
  }

  #send(change: Change | typeof NEWS): void {
    this.#waiting.push(change);
    this.#timer ??= setTimeout(() => void this.#flush(), BATCH_MS);
  }

  async #flush(): Promise<void> {
    const changes = this.#waiting;
    this.#waiting = [];
    this.#timer = null;
    // News only: a failure here loses no step, and readers poll.
    await notifyChanges(this.#db, changes).catch(() => {});
  }
}

/** Is there anything among these changes for those who bring messages and signals? */
export const haveNews = (changes: readonly unknown[]): boolean =>
  changes.some((change) => typeof change === 'object' && change !== null && 'hasNews' in change);
