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
