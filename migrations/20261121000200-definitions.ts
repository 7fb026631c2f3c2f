import { type Kysely, sql } from 'kysely';

/** What is deployed: contents addressed by their hash, and which set of them is which version of a service. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table content (
      hash text primary key,
      kind text not null check (kind in ('graph', 'bpmn', 'dmn', 'form')),
      -- Deflated UTF-8.
      body bytea not null,
      created_at timestamptz not null default now()
    );
    create table deployment (
      service_key text not null,
      version integer not null,
      graph_hash text not null references content,
      bpmn_hash text not null references content,
      descriptor jsonb not null,
      deployed_at timestamptz not null default now(),
      primary key (service_key, version)
    );
    -- The diagram and the descriptor of a running instance, found by the graph it pinned.
    create index deployment_graph on deployment (graph_hash);
  `.execute(db);
}
