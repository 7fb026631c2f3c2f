/** The sweeper behind the Merkle log: every so often it logs the heads that moved (P6). Steps themselves take no global lock. */
import { append, leafHash, rootOf } from '#core/journal/merkle.ts';
import type { Database } from '#db/database.ts';
import { appendHeads } from '#db/head-log.ts';

const EVERY_MS = 10_000;
/** Heads in one transaction. */
const BATCH_MAX = 1_000;

export interface HeadLog {
  stop(): Promise<void>;
}

export function startHeadLog(db: Database, onError: (error: unknown) => void): HeadLog {
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay
      .then(async () => {
        // A full batch has more behind it.
        while (!isStopped && (await logHeads(db)) === BATCH_MAX);
      })
      .catch(onError);
  }, EVERY_MS);
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await underWay;
    },
  };
}

/** How many heads were logged. */
export const logHeads = (db: Database): Promise<number> =>
  appendHeads(db, BATCH_MAX, (frontier, heads) => {
    const grown = heads.reduce((log, head) => append(log, leafHash(head)), frontier);
    return { frontier: grown, root: rootOf(grown) };
  });
