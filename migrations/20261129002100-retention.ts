import { type Kysely, sql } from 'kysely';

/** Erasure by policy when a flow's retention is over, and legal holds, which stop every erasure (P25). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table instance
      add column erased_at timestamptz,
      -- Since when nothing of it may be erased; null: no hold.
      add column on_hold_since timestamptz;
    update instance i set erased_at = e.at from erasure e where e.instance_id = i.id;
    -- The sweeper's question, and the operators': what of a flow was sealed before a day and is still there.
    create index instance_retention on instance (service_key, sealed_at) where sealed_at is not null and erased_at is null and caller_id is null;

    -- Who erased it: a person with a reason, or the flow's retention.
    alter table erasure alter column by_person drop not null, alter column reason drop not null, add column policy text;
    alter table erasure add constraint erasure_by check ((by_person is not null and reason is not null) <> (policy is not null));
    -- The operators' page: what was erased by policy lately.
    create index erasure_policy on erasure (at) where policy is not null;

    create table legal_hold_act (
      -- From person and command, so that an act that is sent twice is one.
      id uuid primary key,
      instance_id uuid not null references instance,
      act text not null check (act in ('place', 'lift')),
      by_person text not null references person,
      reason text not null,
      at timestamptz not null default clock_timestamp()
    );
    create index legal_hold_act_instance on legal_hold_act (instance_id, at);
    create trigger legal_hold_act_append_only before update or delete or truncate on legal_hold_act
      for each statement execute function refuse_change();
  `.execute(db);
}
