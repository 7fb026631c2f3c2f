import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface LeasedInstance {
  readonly instanceId: string;
  readonly confirmedSeq: number;
  readonly lastSeq: number;
  readonly attempts: number;
  readonly rebuild: boolean;
}

/** Takes instances whose steps wait to be told, oldest first, for `leaseSeconds`. */
export async function leaseInstances(
  db: Database,
  lease: { readonly workerId: string; readonly leaseSeconds: number; readonly limit: number },
): Promise<readonly LeasedInstance[]> {
  const { rows } = await sql<{ instance_id: string; confirmed_seq: number; last_seq: number; attempts: number; rebuild: boolean }>`
    -- Materialized: a subquery in the update's own where may be run again and lock more rows than asked for.
    with due as materialized (
      select instance_id from relay
      where confirmed_seq < last_seq and not stopped and due_at <= clock_timestamp() and (lease_until is null or lease_until < clock_timestamp())
      order by due_at limit ${sql.lit(lease.limit)} for update skip locked
    )
    update relay set lease_by = ${lease.workerId}::text, lease_until = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds}::float8)
    from due where relay.instance_id = due.instance_id
    returning relay.instance_id, confirmed_seq, last_seq, attempts, rebuild`.execute(db);
  return rows.map((row) => ({
    instanceId: row.instance_id,
    confirmedSeq: row.confirmed_seq,
    lastSeq: row.last_seq,
    attempts: row.attempts,
    rebuild: row.rebuild,
  }));
}

/**
 * The workflow answered: it holds the journal up to `seq`. Gives the lease back; false when another worker took it meanwhile. Once the
 * last step of a sealed instance is confirmed there is nothing to relay any more.
 */
export async function confirmSteps(
  db: Database,
  confirmed: { readonly instanceId: string; readonly workerId: string; readonly seq: number; readonly isEnded: boolean },
): Promise<boolean> {
  if (!confirmed.isEnded) return confirm(db, confirmed);
  return db.transaction().execute(async (trx) => {
    const isConfirmed = await confirm(trx, confirmed);
    await sql`
      delete from relay using instance i
      where relay.instance_id = ${confirmed.instanceId}::uuid and i.id = relay.instance_id and i.sealed_at is not null
        and relay.confirmed_seq >= relay.last_seq`.execute(trx);
    return isConfirmed;
  });
}

async function confirm(
  db: Database,
  confirmed: { readonly instanceId: string; readonly workerId: string; readonly seq: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update relay set confirmed_seq = ${confirmed.seq}::int, attempts = 0, last_error = null, rebuild = false, lease_by = null, lease_until = null,
      unconfirmed_since = case when last_seq > ${confirmed.seq}::int then clock_timestamp() end
    where instance_id = ${confirmed.instanceId}::uuid and lease_by = ${confirmed.workerId}::text`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** The workflow is complete, and so was told everything. False while the instance is not sealed here, or when another worker took it. */
export async function endRelay(db: Database, ended: { readonly instanceId: string; readonly workerId: string }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from relay using instance i
    where relay.instance_id = ${ended.instanceId}::uuid and lease_by = ${ended.workerId}::text
      and i.id = relay.instance_id and i.sealed_at is not null`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Tried in vain: again after `retryInMs`. */
export async function postponeRelay(
  db: Database,
  failed: { readonly instanceId: string; readonly workerId: string; readonly retryInMs: number; readonly error: string },
): Promise<void> {
  await sql`
    update relay set attempts = attempts + 1, last_error = ${failed.error}::text, lease_by = null, lease_until = null,
      due_at = clock_timestamp() + make_interval(secs => ${failed.retryInMs / 1000}::float8)
    where instance_id = ${failed.instanceId}::uuid and lease_by = ${failed.workerId}::text`.execute(db);
}

/** Stops relaying until an operator resolves it; with a divergence the door stops too (P13). */
export async function stopRelay(
  db: Database,
  stopped: { readonly instanceId: string; readonly error: string; readonly divergence: object | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (stopped.divergence) {
      await trx
        .updateTable('instance')
        .set({ divergence: JSON.stringify(stopped.divergence) })
        .where('id', '=', stopped.instanceId)
        .execute();
    }
    await trx
      .updateTable('relay')
      .set({ stopped: true, last_error: stopped.error, lease_by: null, lease_until: null })
      .where('instance_id', '=', stopped.instanceId)
      .execute();
  });
}

/** Why an instance is stopped; `error` is null when it only waits for its seal. */
export interface Stop {
  readonly error: string | null;
  readonly divergence: { readonly seq: number; readonly journalHash: string; readonly workflowHash: string } | null;
}

/**
 * An operator's resolve: the workflow is built anew from the journal, under the same id. Null when the instance is neither stopped
 * nor waits for its seal: then nothing is changed. In the caller's transaction, so that the record of it stands or falls with it.
 */
export async function requestRebuild(trx: Database, instanceId: string): Promise<Stop | null> {
  const { rows } = await sql<Stop>`
    select r.last_error as error, i.divergence from instance i join relay r on r.instance_id = i.id
    where i.id = ${instanceId}::uuid and (r.stopped or i.divergence is not null or i.ended_at is not null) for update of i, r`.execute(trx);
  const [stop] = rows;
  if (!stop) return null;
  await trx.updateTable('instance').set({ divergence: null }).where('id', '=', instanceId).execute();
  await trx
    .updateTable('relay')
    .set({
      stopped: false,
      rebuild: true,
      confirmed_seq: 0,
      attempts: 0,
      last_error: null,
      due_at: sql`clock_timestamp()`,
      unconfirmed_since: sql`clock_timestamp()`,
      lease_by: null,
      lease_until: null,
    })
    .where('instance_id', '=', instanceId)
    .execute();
  return stop;
}

export async function announceWorker(db: Database, worker: { readonly id: string; readonly semantics: readonly number[] }): Promise<void> {
  await sql`
    insert into worker (id, semantics, seen_at) values (${worker.id}, ${worker.semantics}::int[], clock_timestamp())
    on conflict (id) do update set semantics = excluded.semantics, seen_at = excluded.seen_at`.execute(db);
  await sql`delete from worker where seen_at < clock_timestamp() - interval '5 minutes'`.execute(db);
}

/** Up to where the workflow has confirmed the journal; null without a row: sealed, and confirmed to its end. */
export async function readRelayed(db: Database, instanceId: string): Promise<number | null> {
  const row = await db.selectFrom('relay').select('confirmed_seq').where('instance_id', '=', instanceId).executeTakeFirst();
  return row?.confirmed_seq ?? null;
}

/** The cause of a stop is gone: the journal gets what the workflow knew more. In the transaction that brings it. */
export async function reopenRelay(trx: Database, instanceId: string): Promise<void> {
  await trx.updateTable('instance').set({ divergence: null }).where('id', '=', instanceId).execute();
  await trx
    .updateTable('relay')
    .set({ stopped: false, attempts: 0, last_error: null, lease_by: null, lease_until: null })
    .where('instance_id', '=', instanceId)
    .execute();
}

/** Instances that a workflow must be running for: it was told something, and something may come. */
export async function readRelayedPage(
  db: Database,
  page: { readonly afterId: string | null; readonly limit: number },
): Promise<readonly { readonly instanceId: string; readonly isDiverged: boolean }[]> {
  const { rows } = await sql<{ instance_id: string; is_diverged: boolean }>`
    select r.instance_id, i.divergence is not null as is_diverged from relay r join instance i on i.id = r.instance_id
    where r.instance_id > coalesce(${page.afterId}::uuid, '00000000-0000-0000-0000-000000000000') and r.confirmed_seq > 0
    order by r.instance_id limit ${sql.lit(page.limit)}`.execute(db);
  return rows.map((row) => ({ instanceId: row.instance_id, isDiverged: row.is_diverged }));
}

export async function countRelayed(db: Database): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from relay where confirmed_seq > 0`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
