import { type Kysely, sql } from 'kysely';

/**
 * Versions of a flow live: drafted, published, retired; one of them starts new instances. What a published version says never changes,
 * which the database itself holds to; who did what with it stands beside it and is only ever added to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content drop constraint content_kind_check,
      add constraint content_kind_check check (kind in ('graph', 'bpmn', 'dmn', 'form', 'set'));

    alter table deployment
      -- A draft that does not compile has no graph.
      alter column graph_hash drop not null,
      add column state text not null default 'published' check (state in ('draft', 'published', 'retired')),
      add column is_current boolean not null default false,
      -- The files of the set as they were given; absent for versions that were published before sets were kept.
      add column set_hash text references content,
      add column findings jsonb not null default '[]',
      add constraint deployment_published_runs check (state <> 'published' or graph_hash is not null),
      add constraint deployment_current_published check (not is_current or state = 'published');
    update deployment d set is_current = true
      where version = (select max(version) from deployment newest where newest.service_key = d.service_key);
    -- Which version starts new instances; at most one of a flow.
    create unique index deployment_current on deployment (service_key) where is_current;
    -- Was this set deployed before?
    create index deployment_set on deployment (service_key, set_hash);

    create function refuse_version_change() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          raise exception 'A version is retired, never deleted.';
        end if;
        if (old.service_key, old.version, old.bpmn_hash, old.descriptor) is distinct from (new.service_key, new.version, new.bpmn_hash, new.descriptor)
          or (old.graph_hash is not null and old.graph_hash is distinct from new.graph_hash)
          or (old.set_hash is not null and old.set_hash is distinct from new.set_hash) then
          raise exception 'What a version says does not change: deploy another one.';
        end if;
        if old.state <> 'draft' and new.state = 'draft' then
          raise exception 'A published version does not become a draft again.';
        end if;
        return new;
      end
    $$;
    create trigger deployment_immutable before update or delete on deployment for each row execute function refuse_version_change();
    create function refuse_content_change() returns trigger language plpgsql as $$
      begin
        raise exception 'Contents are addressed by their hash and never change: % on % is refused.', tg_op, tg_table_name;
      end
    $$;
    create trigger content_immutable before update or delete or truncate on content for each statement execute function refuse_content_change();

    create table deployment_act (
      id bigint generated always as identity primary key,
      service_key text not null,
      version integer not null,
      act text not null check (act in ('deploy', 'publish', 'retire', 'make-current')),
      -- Null: the product itself, when it was started with its flows.
      by_person text references person,
      at timestamptz not null default clock_timestamp(),
      note text,
      foreign key (service_key, version) references deployment
    );
    create index deployment_act_version on deployment_act (service_key, version, id);
    create trigger deployment_act_append_only before update or delete or truncate on deployment_act
      for each statement execute function refuse_content_change();
    insert into deployment_act (service_key, version, act, at)
      select d.service_key, d.version, act.name, d.deployed_at
      from deployment d cross join (values (1, 'deploy'), (2, 'publish')) as act(position, name)
      order by d.deployed_at, d.service_key, d.version, act.position;

    alter table instance add column definition_version integer;
    update instance i set definition_version =
      (select max(d.version) from deployment d where d.service_key = i.service_key and d.graph_hash = i.graph_hash);
    -- How many instances run with which version.
    create index instance_version on instance (service_key, definition_version) where ended_at is null;
  `.execute(db);
}
