/**
 * What a step tells other instances and what it waits for from them, as parts of the one statement that writes the step (P22): a message
 * that is thrown and the wait for one are there in the moment in which the step is, or not at all.
 */
import { type RawBuilder, sql } from 'kysely';

/** Rows that follow from a step. Names of fields are columns; bytes travel as hex. A step that a recovery brings back finds its rows there already. */
export interface NewsChanges {
  readonly subscribed: readonly { effect_id: string; kind: 'message' | 'signal'; name: string; match: string | null }[];
  readonly unsubscribed: readonly string[];
  readonly messages: readonly { id: string; name: string; match: string; is_keyed: boolean; body: string; ttl_ms: number }[];
  readonly signals: readonly { id: string; name: string; body: string; is_heard_here: boolean }[];
  /** The message that the step consumes: a second step that consumes it cannot be written. */
  readonly consumedMessageId: string | null;
  /** The message start event that begins the instance for a key: it cannot while another one does. */
  readonly startedBy: MessageStart | null;
  /** Whose message begins the instance. */
  readonly openedBy: string | null;
  /** The instance ends, and with it the reign of its key. */
  readonly endsStart: boolean;
}

export interface MessageStart {
  readonly service_key: string;
  readonly element_id: string;
  readonly match: string;
}

type Add = (name: string, isNeeded: boolean, part: () => RawBuilder<unknown>) => void;

export function addNews(add: Add, news: NewsChanges, organisationId: RawBuilder<unknown>): void {
  const { subscribed, unsubscribed, messages, signals, consumedMessageId, startedBy, openedBy } = news;
  const matches = [...new Set([...subscribed.flatMap(({ match }) => match ?? []), ...messages.map(({ match }) => match)])].sort();
  // Last but for nothing else that anybody waits for, and in one order, so no two steps wait for each other. While it is held nobody
  // else gets a position for this name and key, so what is visible of them is always the oldest.
  add(
    'aligned',
    matches.length > 0,
    () => sql`
    select count(*) as held from moved, unnest(${matches}::text[]) as m(match), lateral (select pg_advisory_xact_lock(hashtextextended(m.match, 22))) l
  `,
  );
  add(
    'unsubscribed',
    unsubscribed.length > 0,
    () => sql`
    delete from subscription using moved where subscription.instance_id = moved.id and subscription.effect_id = any(${unsubscribed}::text[])
  `,
  );
  add(
    'subscribed',
    subscribed.length > 0,
    () => sql`
    insert into subscription (instance_id, effect_id, kind, name, match)
    select moved.id, t.effect_id, t.kind, t.name, decode(t.match, 'hex')
    from moved, jsonb_to_recordset(${JSON.stringify(subscribed)}::jsonb) as t(effect_id text, kind text, name text, match text)
    ${matches.length > 0 ? sql`where (select held from aligned) >= 0` : sql``}
    on conflict do nothing
  `,
  );
  add(
    'thrown',
    messages.length > 0,
    () => sql`
    insert into message (id, name, match, is_keyed, sender_id, organisation_id, body, position, expires_at)
    select t.id, t.name, decode(t.match, 'hex'), t.is_keyed, moved.id, ${organisationId}, decode(t.body, 'hex'), nextval('news_position'),
      clock_timestamp() + make_interval(secs => t.ttl_ms / 1000)
    from moved, jsonb_to_recordset(${JSON.stringify(messages)}::jsonb)
      as t(id uuid, name text, match text, is_keyed boolean, body text, ttl_ms float8)
    where (select held from aligned) >= 0
    on conflict do nothing
  `,
  );
  add(
    'signaled',
    signals.length > 0,
    () => sql`
    insert into signal (id, name, sender_id, organisation_id, body)
    select t.id, t.name, moved.id, ${organisationId}, decode(t.body, 'hex')
    from moved, jsonb_to_recordset(${JSON.stringify(signals)}::jsonb) as t(id uuid, name text, body text)
    on conflict do nothing
  `,
  );
  add(
    'signals_heard',
    signals.length > 0,
    () => sql`
    insert into signal_delivery (signal_id, instance_id)
    select t.id, s.instance_id
    from moved, jsonb_to_recordset(${JSON.stringify(signals)}::jsonb) as t(id uuid, name text), subscription s
    where s.kind = 'signal' and s.name = t.name
    union
    select t.id, moved.id from moved, jsonb_to_recordset(${JSON.stringify(signals)}::jsonb) as t(id uuid, is_heard_here boolean) where t.is_heard_here
    on conflict do nothing
  `,
  );
  add(
    'delivered',
    consumedMessageId !== null,
    () => sql`insert into message_delivery (message_id, instance_id) select ${consumedMessageId}::uuid, moved.id from moved`,
  );
  add(
    'consumed',
    consumedMessageId !== null,
    () => sql`
    update message set consumed_at = clock_timestamp(), body = null from moved where message.id = ${consumedMessageId}::uuid
  `,
  );
  add(
    'message_key_gone',
    consumedMessageId !== null,
    () => sql`delete from data_key using moved where owner = ${`message:${consumedMessageId}`}::text`,
  );
  add(
    'started_by',
    startedBy !== null,
    () => sql`
    insert into message_start (service_key, element_id, match, instance_id)
    select ${startedBy?.service_key ?? null}::text, ${startedBy?.element_id ?? null}::text, decode(${startedBy?.match ?? null}::text, 'hex'), moved.id
    from moved
  `,
  );
  add(
    'opened_by',
    openedBy !== null,
    () => sql`insert into instance_link (instance_id, opened_by) select moved.id, ${openedBy}::uuid from moved on conflict do nothing`,
  );
  add('start_ended', news.endsStart, () => sql`delete from message_start using moved where message_start.instance_id = moved.id`);
}
