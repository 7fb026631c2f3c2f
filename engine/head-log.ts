/** The sweeper behind the Merkle log: every so often it logs the heads that moved (P6). Steps themselves take no global lock. */
import { append, leafHash, rootOf } from '#core/journal/merkle.ts';
import type { Database } from '#db/database.ts';
import { appendHeads } from '#db/head-log.ts';
import { Loop } from './loop.ts';

const EVERY_MS = 10_000;
/** Heads in one transaction. */
const BATCH_MAX = 1_000;

/** A full batch has more behind it. */
export const startHeadLog = (db: Database, onError: (error: unknown) => void): Loop =>
  new Loop({ everyMs: EVERY_MS, turn: async () => (await logHeads(db)) === BATCH_MAX, onError }).start();

/** How many heads were logged. */
export const logHeads = (db: Database): Promise<number> =>
  appendHeads(db, BATCH_MAX, (frontier, heads) => {
    const grown = heads.reduce((log, head) => append(log, leafHash(head)), frontier);
    return { frontier: grown, root: rootOf(grown) };
  });
