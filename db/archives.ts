/** Histories of closed runs, beyond Temporal's retention, and the queue of instances that have some to be archived. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface ArchivedRun {
  readonly runId: string;
  readonly previousRunId: string | null;
  readonly closedAt: string;
  readonly events: number;
}

export interface DueInstance {
  readonly instanceId: string;
  readonly isSealed: boolean;
}

/** Takes instances that are due, the longest waiting first, for `leaseSeconds`. */
export async function takeForArchive(
  db: Database,
  { leaseSeconds, limit }: { readonly leaseSeconds: number; readonly limit: number },
): Promise<readonly DueInstance[]> {
  const { rows } = await sql<{ id: string; is_sealed: boolean }>`
    with due as materialized (
      select id from instance where archived_at is null and archive_due_at <= clock_timestamp()
      order by archive_due_at limit ${sql.lit(limit)} for update skip locked
    )
    update instance set archive_due_at = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8)
    from due where instance.id = due.id
    returning instance.id, instance.sealed_at is not null as is_sealed`.execute(db);
  return rows.map((row) => ({ instanceId: row.id, isSealed: row.is_sealed }));
}

export async function readArchivedRuns(db: Database, instanceId: string): Promise<readonly ArchivedRun[]> {
  const rows = await db
    .selectFrom('archive')
    .select(['run_id', 'previous_run_id', 'closed_at', 'events'])
    .where('instance_id', '=', instanceId)
    .orderBy('closed_at')
    .execute();
  return rows.map((row) => ({
    runId: row.run_id,
    previousRunId: row.previous_run_id,
    closedAt: row.closed_at.toISOString(),
    events: row.events,
  }));
}

export async function readArchive(db: Database, runId: string): Promise<Buffer | null> {
  const row = await db.selectFrom('archive').select('body').where('run_id', '=', runId).executeTakeFirst();
  return row?.body ?? null;
}

/** Written once; a second worker that was at it too changes nothing. */
export async function insertArchive(
  db: Database,
  archive: ArchivedRun & { readonly instanceId: string; readonly sha256: Buffer; readonly body: Buffer },
): Promise<void> {
  await db
    .insertInto('archive')
    .values({
      run_id: archive.runId,
      instance_id: archive.instanceId,
      previous_run_id: archive.previousRunId,
      closed_at: archive.closedAt,
      events: archive.events,
      sha256: archive.sha256,
      body: archive.body,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Runs that no other leads back to, because a rebuild put another in their place. */
export async function readReplacedRuns(db: Database, instanceId: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('replaced_run').select('run_id').where('instance_id', '=', instanceId).execute();
  return rows.map((row) => row.run_id);
}

export async function insertReplacedRun(db: Database, run: { readonly runId: string; readonly instanceId: string }): Promise<void> {
  await db
    .insertInto('replaced_run')
    .values({ run_id: run.runId, instance_id: run.instanceId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Everything of a sealed instance is archived, or its key is gone and there is nothing to archive. */
export async function finishArchive(db: Database, instanceId: string, error: 'erased' | null): Promise<void> {
  await sql`update instance set archived_at = clock_timestamp(), archive_error = ${error} where id = ${instanceId}::uuid`.execute(db);
}

/** Looked at again later; never, when it says `infinity`. */
export async function postponeArchive(
  db: Database,
  postponed: { readonly instanceId: string; readonly inSeconds: number | 'infinity'; readonly error: string | null },
): Promise<void> {
  const due =
    postponed.inSeconds === 'infinity'
      ? sql`'infinity'::timestamptz`
      : sql`clock_timestamp() + make_interval(secs => ${postponed.inSeconds}::float8)`;
  await sql`update instance set archive_due_at = ${due}, archive_error = ${postponed.error} where id = ${postponed.instanceId}::uuid`.execute(
    db,
  );
}

export async function readArchivedInstances(db: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom('archive').select('instance_id').distinct().execute();
  return rows.map((row) => row.instance_id);
}
