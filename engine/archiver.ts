/**
 * The sweeper that archives the history of every closed run before Temporal's retention drops it, so that audits and recovery have it for as
 * long as the instance's key is kept (P24, P25). At least once and idempotent by run: a crash leaves the instance due again.
 */
import { finishArchive, insertArchive, postponeArchive, takeForArchive } from '#db/archives.ts';
import type { Database } from '#db/database.ts';
import type { DataKeys } from './data-keys.ts';
import { type Histories, type History, previousRunOf, type Run, sealHistory } from './histories.ts';
import type { DataKey } from './keys.ts';
import { Loop } from './loop.ts';

export interface ArchiverDependencies {
  readonly db: Database;
  readonly keys: Pick<DataKeys, 'find'>;
  readonly histories: Histories;
}

const EVERY_MS = 5_000;
const BATCH_MAX = 10;
const LEASE_SECONDS = 120;
/** The workflow ends a moment after its seal. */
const CLOSING_SECONDS = 10;
/** Open instances, for the runs that continued as new meanwhile. Retention is counted in weeks. */
const OPEN_SECONDS = 24 * 60 * 60;

/** A full batch has more behind it. */
export const startArchiver = (deps: ArchiverDependencies, onError: (error: unknown) => void): Loop =>
  new Loop({ everyMs: EVERY_MS, turn: async () => (await archiveDue(deps, onError)) === BATCH_MAX, onError }).start();

/** How many instances were looked at. One that fails is due again when its lease has run out, and keeps no other from its turn. */
export async function archiveDue(deps: ArchiverDependencies, onError: (error: unknown) => void): Promise<number> {
  const due = await takeForArchive(deps.db, { leaseSeconds: LEASE_SECONDS, limit: BATCH_MAX });
  for (const { instanceId, isSealed } of due) await archiveInstance(deps, instanceId, isSealed).catch(onError);
  return due.length;
}

export async function archiveInstance(deps: ArchiverDependencies, instanceId: string, isSealed: boolean): Promise<void> {
  const { db, keys, histories } = deps;
  const key = await keys.find(`instance:${instanceId}`);
  if (!key) return finishArchive(db, instanceId, 'erased');
  const chain = await histories.runsOf(instanceId);
  const replaced = await histories.replacedRunsOf(instanceId);
  let isMissing = isSealed && chain.length === 0;
  for (const run of [...replaced, ...chain]) {
    if (run.isOpen || run.place === 'archive') continue;
    const history = await histories.read(instanceId, run, key);
    if (history) await keep(db, { instanceId, run, history, key });
    else isMissing = true;
  }
  const error = isMissing ? 'history-missing' : null;
  if (!isSealed) return postponeArchive(db, { instanceId, inSeconds: OPEN_SECONDS, error });
  if (chain.some((run) => run.isOpen)) return postponeArchive(db, { instanceId, inSeconds: CLOSING_SECONDS, error });
  // What Temporal has dropped does not come back; operators see the instance.
  if (isMissing) return postponeArchive(db, { instanceId, inSeconds: 'infinity', error });
  return finishArchive(db, instanceId, null);
}

async function keep(
  db: Database,
  { instanceId, run, history, key }: { readonly instanceId: string; readonly run: Run; readonly history: History; readonly key: DataKey },
): Promise<void> {
  const events = history.events ?? [];
  const [first] = events;
  await insertArchive(db, {
    instanceId,
    runId: run.runId,
    previousRunId: first ? previousRunOf(first) : null,
    closedAt: new Date(Number(events.at(-1)?.eventTime?.seconds ?? 0) * 1_000).toISOString(),
    events: events.length,
    ...sealHistory(key, history),
  });
}
