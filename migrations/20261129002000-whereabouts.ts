import { type Kysely, sql } from 'kysely';

/** Where running instances stand: one row per instance and element, written by the steps that move something. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table whereabouts (
      instance_id uuid not null references instance,
      element_id text not null,
      -- As in the instance, so that one index answers the operators' questions. Null: from before versions were numbered.
      service_key text not null,
      version integer,
      tokens integer not null,
      incidents integer not null,
      since timestamptz not null,
      primary key (instance_id, element_id)
    ) with (fillfactor = 80);
    -- How many stand at each element of a version; and who they are, those with an incident first, then the longest.
    -- Counting reads the index alone, as far as the table is vacuumed.
    create index whereabouts_element on whereabouts (service_key, version, element_id, (incidents = 0), since, instance_id) include (incidents);

    -- Steps write for an instance once it is known where it stands: from its start, or from when a worker has looked at an older one.
    alter table instance add column is_whereabouts_known boolean not null default false;
    alter table instance alter column is_whereabouts_known set default true;
    create index instance_whereabouts_unknown on instance (id) where not is_whereabouts_known and ended_at is null;
  `.execute(db);
}
