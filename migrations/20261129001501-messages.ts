import { type Kysely, sql } from 'kysely';

/** Messages and signals on their way between instances, and who waits for them (P22). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One order of throwing and waiting: who waited before a message was thrown, and which message is the oldest.
    create sequence news_position;
    create table subscription (
      instance_id uuid not null references instance,
      effect_id text not null,
      kind text not null check (kind in ('message', 'signal')),
      name text not null,
      -- Of messages: keyed hash of name and correlation key, because a key may be somebody's number.
      match bytea,
      position bigint not null default nextval('news_position'),
      primary key (instance_id, effect_id)
    );
    -- Who waits for a message, the longest first.
    create index subscription_match on subscription (match, position) where kind = 'message';
    -- Everybody who listens to a signal.
    create index subscription_signal on subscription (name) where kind = 'signal';

    create table message (
      id uuid primary key,
      name text not null,
      match bytea not null,
      is_keyed boolean not null,
      -- The instance that threw it, or the person who published it from outside.
      sender_id uuid references instance,
      by_person text references person,
      organisation_id text not null references organisation,
      -- SHA-256 of what was published from outside: the same id with another content is refused.
      asked_hash bytea,
      -- Variables and correlation key under the sender's key; emptied when consumed or erased.
      body bytea,
      position bigint not null,
      thrown_at timestamptz not null default clock_timestamp(),
      -- A filter on reading; nothing happens at that time.
      expires_at timestamptz not null,
      -- Looked at once, and nothing was to be started.
      is_passed_over boolean not null default false,
      -- It starts instances and goes to no subscription any more.
      is_starting boolean not null default false,
      consumed_at timestamptz,
      lease_until timestamptz
    ) with (fillfactor = 70);
    -- The matcher's queue.
    create index message_open on message (position) where consumed_at is null;
    -- Is there an older one of the same name and key?
    create index message_open_match on message (match, position) where consumed_at is null;
    -- Erasing an instance erases what it threw.
    create index message_sender on message (sender_id);

    -- A message is consumed once: written by the step that takes it, or by whoever starts instances for it.
    create table message_delivery (
      message_id uuid primary key references message on delete cascade,
      instance_id uuid references instance,
      at timestamptz not null default clock_timestamp()
    );
    -- The active instance that a message start event started for a key: there is one at a time.
    create table message_start (
      service_key text not null,
      element_id text not null,
      match bytea not null,
      instance_id uuid not null references instance,
      primary key (service_key, element_id, match)
    );
    create index message_start_instance on message_start (instance_id);

    create table signal (
      id uuid primary key,
      name text not null,
      sender_id uuid references instance,
      by_person text references person,
      organisation_id text not null references organisation,
      asked_hash bytea,
      body bytea,
      thrown_at timestamptz not null default clock_timestamp(),
      -- Start events of deployed definitions have had it.
      is_started boolean not null default false,
      lease_until timestamptz
    );
    create index signal_open on signal (thrown_at) where body is not null;
    create index signal_sender on signal (sender_id);
    -- Who listened when it was thrown and has not heard it yet.
    create table signal_delivery (
      signal_id uuid not null references signal on delete cascade,
      instance_id uuid not null references instance,
      due_at timestamptz not null default clock_timestamp(),
      primary key (signal_id, instance_id)
    );
    create index signal_delivery_due on signal_delivery (due_at);
  `.execute(db);
}
