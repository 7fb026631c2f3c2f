import { sql } from 'kysely';
import type { Database } from './database.ts';

/** How many instances call each other down to this one, itself included; counted up to `max`. */
export async function readCallDepth(db: Database, query: { readonly instanceId: string; readonly max: number }): Promise<number> {
  const { rows } = await sql<{ depth: number }>`
    with recursive callers as (
      select caller_id, 1 as depth from instance where id = ${query.instanceId}::uuid
      union all
      select i.caller_id, c.depth + 1 from callers c join instance i on i.id = c.caller_id where c.depth < ${query.max}::int
    )
    select max(depth) as depth from callers`.execute(db);
  return rows[0]?.depth ?? 0;
}

/** What an instance called, and what that called, as far as it has not ended; nearest first. */
export async function readOpenCalled(db: Database, instanceId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive called as (
      select id, ended_at, 1 as depth from instance where caller_id = ${instanceId}::uuid
      union all
      select i.id, i.ended_at, c.depth + 1 from called c join instance i on i.caller_id = c.id
    )
    select id from called where ended_at is null order by depth, id`.execute(db);
  return rows.map(({ id }) => id);
}
