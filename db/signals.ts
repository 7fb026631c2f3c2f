/** Signals on their way (P22): who listened when one was thrown stands beside it until it was told. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface LeasedSignal {
  readonly id: string;
  readonly name: string;
  readonly senderId: string | null;
  readonly organisationId: string;
  /** Null: erased. */
  readonly body: Buffer | null;
}

export interface LeasedDelivery extends LeasedSignal {
  readonly instanceId: string;
}

const columns = sql`s.id, s.name, s.sender_id, s.organisation_id, s.body`;

interface SignalRow {
  id: string;
  name: string;
  sender_id: string | null;
  organisation_id: string;
  body: Buffer | null;
}

const fromRow = (row: SignalRow): LeasedSignal => ({
  id: row.id,
  name: row.name,
  senderId: row.sender_id,
  organisationId: row.organisation_id,
  body: row.body,
});

/** Takes listeners who have not heard theirs, for `leaseSeconds`. */
export async function leaseDeliveries(
  db: Database,
  lease: { readonly leaseSeconds: number; readonly limit: number },
): Promise<readonly LeasedDelivery[]> {
  const { rows } = await sql<SignalRow & { instance_id: string }>`
    with due as materialized (
      select signal_id, instance_id from signal_delivery where due_at <= clock_timestamp() order by due_at limit ${sql.lit(lease.limit)} for update skip locked
    )
    update signal_delivery d set due_at = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds}::float8)
    from due, signal s where d.signal_id = due.signal_id and d.instance_id = due.instance_id and s.id = due.signal_id
    returning ${columns}, d.instance_id`.execute(db);
  return rows.map((row) => ({ ...fromRow(row), instanceId: row.instance_id }));
}

export async function deleteDelivery(db: Database, delivery: { readonly id: string; readonly instanceId: string }): Promise<void> {
  await db.deleteFrom('signal_delivery').where('signal_id', '=', delivery.id).where('instance_id', '=', delivery.instanceId).execute();
}

/** Takes signals of which deployed definitions have not heard, for `leaseSeconds`. */
export async function leaseUnstarted(
  db: Database,
  lease: { readonly leaseSeconds: number; readonly limit: number },
): Promise<readonly LeasedSignal[]> {
  const { rows } = await sql<SignalRow>`
    with due as materialized (
      select id from signal where body is not null and not is_started and (lease_until is null or lease_until < clock_timestamp())
      order by thrown_at limit ${sql.lit(lease.limit)} for update skip locked
    )
    update signal s set lease_until = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds}::float8)
    from due where s.id = due.id returning ${columns}`.execute(db);
  return rows.map(fromRow);
}

export async function markStarted(db: Database, signalId: string): Promise<void> {
  await db.updateTable('signal').set({ is_started: true }).where('id', '=', signalId).execute();
}

/** What everybody has heard says nothing any more; it is kept for a while, so that the same signal published again is known, then goes. */
export async function sweepSignals(db: Database, keptDays: number): Promise<void> {
  await sql`
    with heard as (
      update signal s set body = null where body is not null and is_started and not exists (select 1 from signal_delivery d where d.signal_id = s.id)
      returning id
    )
    delete from data_key using heard where owner = 'signal:' || heard.id`.execute(db);
  await sql`delete from signal where body is null and thrown_at < clock_timestamp() - make_interval(days => ${keptDays}::int)`.execute(db);
}

export interface PublishedSignal {
  readonly id: string;
  readonly name: string;
  readonly byPerson: string;
  readonly organisationId: string;
  readonly askedHash: string;
  readonly body: Buffer;
  readonly wrappedKey: Buffer;
}

/** A signal from outside, for everybody who listens now. The same id again is the same signal; with another content it is refused. */
export async function publishSignal(db: Database, signal: PublishedSignal): Promise<'published' | 'known' | 'reused'> {
  const { rows } = await sql`
    with thrown as (
      insert into signal (id, name, by_person, organisation_id, asked_hash, body)
      values (${signal.id}::uuid, ${signal.name}::text, ${signal.byPerson}::text, ${signal.organisationId}::text,
        decode(${signal.askedHash}::text, 'hex'), ${signal.body}::bytea)
      on conflict (id) do nothing returning id
    ), key_stored as (
      insert into data_key (owner, wrapped) select 'signal:' || thrown.id, ${signal.wrappedKey}::bytea from thrown
    ), heard as (
      insert into signal_delivery (signal_id, instance_id)
      select distinct thrown.id, s.instance_id from thrown, subscription s where s.kind = 'signal' and s.name = ${signal.name}::text
    )
    select id from thrown`.execute(db);
  if (rows.length === 1) return 'published';
  const known = await db.selectFrom('signal').select('asked_hash').where('id', '=', signal.id).executeTakeFirstOrThrow();
  return known.asked_hash?.toString('hex') === signal.askedHash ? 'known' : 'reused';
}
