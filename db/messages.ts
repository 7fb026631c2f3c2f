/** Messages on their way, and who waits for them (P22). Time-to-live is a filter on reading: nothing happens when it ends. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { MessageStart } from './news.ts';

export interface LeasedMessage {
  readonly id: string;
  readonly name: string;
  /** Hex. */
  readonly match: string;
  readonly isKeyed: boolean;
  readonly isStarting: boolean;
  readonly senderId: string | null;
  readonly organisationId: string;
  /** Null: erased. */
  readonly body: Buffer | null;
}

export interface WaitingSubscription {
  readonly instanceId: string;
  readonly effectId: string;
}

/**
 * Whoever waited when it was thrown has it coming, however late we look; whoever began to wait later has it while it lives. An instance
 * that is stopped (P13) or suspended waits for an operator first.
 */
const receiverOf = sql`
  select s.instance_id, s.effect_id from subscription s join instance i on i.id = s.instance_id
  where s.kind = 'message' and s.match = m.match and (s.position < m.position or m.expires_at >= clock_timestamp()) and i.divergence is null and i.suspended_at is null
  order by s.position limit 1`;

/** Open, in nobody's hands, and the oldest of its name and key, so that they arrive in their order. */
const isNext = sql`
  m.consumed_at is null and (m.lease_until is null or m.lease_until < clock_timestamp())
  and not exists (select 1 from message o where o.match = m.match and o.consumed_at is null and o.position < m.position
    and (o.expires_at >= clock_timestamp() or o.lease_until >= clock_timestamp()))`;

/** Takes messages for which somebody waits, oldest first, for `leaseSeconds`. */
export const leaseDeliverable = (db: Database, lease: Lease): Promise<readonly LeasedMessage[]> =>
  leaseMessages(db, lease, sql`not m.is_starting and exists (${receiverOf})`);

/** Takes messages for which nobody waits, and which have not been looked at for start events, or whose start event is deployed by now. */
export const leaseStarting = (db: Database, lease: Lease & { readonly names: readonly string[] }): Promise<readonly LeasedMessage[]> =>
  leaseMessages(
    db,
    lease,
    sql`(m.is_starting or (not exists (${receiverOf})
      and (not m.is_passed_over or (m.name = any(${lease.names}::text[]) and m.expires_at >= clock_timestamp()))))`,
  );

interface Lease {
  readonly leaseSeconds: number;
  readonly limit: number;
}

async function leaseMessages(db: Database, { leaseSeconds, limit }: Lease, condition: ReturnType<typeof sql>) {
  const { rows } = await sql<{
    id: string;
    name: string;
    match: Buffer;
    is_keyed: boolean;
    is_starting: boolean;
    sender_id: string | null;
    organisation_id: string;
    body: Buffer | null;
  }>`
    with due as materialized (
      select m.id from message m where ${isNext} and ${condition} order by m.position limit ${sql.lit(limit)} for update of m skip locked
    )
    update message m set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8)
    from due where m.id = due.id
    returning m.id, m.name, m.match, m.is_keyed, m.is_starting, m.sender_id, m.organisation_id, m.body, m.position`.execute(db);
  return rows.map(
    (row): LeasedMessage => ({
      id: row.id,
      name: row.name,
      match: row.match.toString('hex'),
      isKeyed: row.is_keyed,
      isStarting: row.is_starting,
      senderId: row.sender_id,
      organisationId: row.organisation_id,
      body: row.body,
    }),
  );
}

/** Who has waited longest for it. */
export async function readReceiver(db: Database, messageId: string): Promise<WaitingSubscription | null> {
  const { rows } = await sql<{ instance_id: string | null; effect_id: string | null }>`
    select r.instance_id, r.effect_id from message m left join lateral (${receiverOf}) r on true where m.id = ${messageId}::uuid`.execute(
    db,
  );
  const [row] = rows;
  return row?.instance_id && row.effect_id ? { instanceId: row.instance_id, effectId: row.effect_id } : null;
}

/** Gives it back, to be looked at again after a while; `passedOver`: nothing was to be started. */
export async function releaseMessage(
  db: Database,
  released: { readonly id: string; readonly retryInMs: number; readonly passedOver?: boolean },
): Promise<void> {
  await sql`
    update message set lease_until = clock_timestamp() + make_interval(secs => ${released.retryInMs / 1000}::float8),
      is_passed_over = is_passed_over or ${released.passedOver ?? false}::boolean
    where id = ${released.id}::uuid and consumed_at is null`.execute(db);
}

/** For starting instances: no subscription gets it any more. False when one had it. */
export async function claimForStart(db: Database, messageId: string): Promise<boolean> {
  const { rows } = await sql`
    with claimed as (insert into message_delivery (message_id) values (${messageId}::uuid) on conflict do nothing returning message_id)
    update message set is_starting = true from claimed where message.id = claimed.message_id returning message.id`.execute(db);
  return rows.length === 1;
}

/** Nothing could be started after all: it is anybody's again. */
export async function unclaim(db: Database, messageId: string): Promise<void> {
  await sql`
    with given_back as (delete from message_delivery where message_id = ${messageId}::uuid)
    update message set is_starting = false where id = ${messageId}::uuid`.execute(db);
}

/** It has started what it starts, or cannot be read any more. */
export async function closeMessage(db: Database, messageId: string): Promise<void> {
  await sql`
    with key_gone as (delete from data_key where owner = ${`message:${messageId}`}::text)
    update message set consumed_at = clock_timestamp(), body = null where id = ${messageId}::uuid and consumed_at is null`.execute(db);
}

/** Which start events reign for this name and key, and by which instance. */
export async function readMessageStarts(
  db: Database,
  match: string,
): Promise<readonly (Omit<MessageStart, 'match'> & { readonly instance_id: string })[]> {
  return db
    .selectFrom('message_start')
    .select(['service_key', 'element_id', 'instance_id'])
    .where('match', '=', Buffer.from(match, 'hex'))
    .execute();
}

/** So long past its time a message may still be brought to whoever waited when it was thrown: the matcher is never that late. */
const LATE = sql`interval '1 day'`;

/** What is over says nothing any more; it is kept for a while, so that the same message published again is known, then goes. */
export async function sweepMessages(db: Database, keptDays: number): Promise<void> {
  await sql`
    with over as (
      update message m set consumed_at = clock_timestamp(), body = null
      where consumed_at is null and not is_starting and expires_at < clock_timestamp() - ${LATE}
        and not exists (select 1 from subscription s where s.match = m.match and s.position < m.position)
      returning id
    )
    delete from data_key using over where owner = 'message:' || over.id`.execute(db);
  await sql`delete from message where consumed_at < clock_timestamp() - make_interval(days => ${keptDays}::int)`.execute(db);
}

export interface PublishedMessage {
  readonly id: string;
  readonly name: string;
  readonly match: string;
  readonly isKeyed: boolean;
  readonly byPerson: string;
  readonly organisationId: string;
  readonly askedHash: string;
  readonly body: Buffer;
  readonly wrappedKey: Buffer;
  readonly timeToLiveMs: number;
}

/** A message from outside, under a key of its own. The same id again is the same message; with another content it is refused. */
export async function publishMessage(db: Database, message: PublishedMessage): Promise<'published' | 'known' | 'reused'> {
  const { id, match, timeToLiveMs } = message;
  return db.transaction().execute(async (trx) => {
    // As every throw does, for the order of messages of one name and key.
    await sql`select pg_advisory_xact_lock(hashtextextended(${match}::text, 22))`.execute(trx);
    const { rows } = await sql`
      insert into message (id, name, match, is_keyed, by_person, organisation_id, asked_hash, body, position, expires_at)
      values (${id}::uuid, ${message.name}::text, decode(${match}::text, 'hex'), ${message.isKeyed}::boolean, ${message.byPerson}::text,
        ${message.organisationId}::text, decode(${message.askedHash}::text, 'hex'), ${message.body}::bytea, nextval('news_position'),
        clock_timestamp() + make_interval(secs => ${timeToLiveMs / 1000}::float8))
      on conflict (id) do nothing returning id`.execute(trx);
    if (rows.length === 0) {
      const known = await trx.selectFrom('message').select('asked_hash').where('id', '=', id).executeTakeFirstOrThrow();
      return known.asked_hash?.toString('hex') === message.askedHash ? 'known' : 'reused';
    }
    await trx
      .insertInto('data_key')
      .values({ owner: `message:${id}`, wrapped: message.wrappedKey })
      .execute();
    return 'published';
  });
}
