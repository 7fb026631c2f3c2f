import { sql } from 'kysely';
import type { ChainHead, Frontier } from '#core/journal/merkle.ts';
import type { Database } from './database.ts';

/** Only one sweeper appends at a time. */
const LOCK = 'bihuan head log';
/** Steps are dated before they are committed; looking back this far misses none. */
const OVERLAP = '2 minutes';

/**
 * Appends the heads that moved since the last checkpoint, as `grow` computes them, in one transaction. Answers how many were appended;
 * none when another sweeper is at it.
 */
export async function appendHeads(
  db: Database,
  limit: number,
  grow: (frontier: Frontier, heads: readonly ChainHead[]) => { readonly frontier: Frontier; readonly root: string },
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const locked = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${LOCK}, 0)) as locked`.execute(trx);
    if (!locked.rows[0]?.locked) return 0;
    const newest = await trx.selectFrom('checkpoint').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst();
    const frontier: Frontier = newest ? { size: Number(newest.size), roots: newest.frontier } : { size: 0, roots: [] };
    const { rows } = await sql<{ id: string; last_seq: number; last_hash: Buffer }>`
      select i.id, i.last_seq, i.last_hash from instance i
      where i.last_at >= coalesce(${newest?.at ?? null}::timestamptz - ${OVERLAP}::interval, '-infinity')
        and (select l.index from logged_head l where l.instance_id = i.id and l.seq = i.last_seq) is null
      order by i.last_at limit ${sql.lit(limit)}`.execute(trx);
    if (rows.length === 0) return 0;
    const heads = rows.map((row) => ({ instanceId: row.id, seq: row.last_seq, hash: row.last_hash.toString('hex') }));
    const grown = grow(frontier, heads);
    await trx
      .insertInto('logged_head')
      .values(
        heads.map((head, n) => ({
          index: String(frontier.size + n),
          instance_id: head.instanceId,
          seq: head.seq,
          hash: Buffer.from(head.hash, 'hex'),
        })),
      )
      .execute();
    await trx
      .insertInto('checkpoint')
      .values({ size: String(grown.frontier.size), root: Buffer.from(grown.root, 'hex'), frontier: JSON.stringify(grown.frontier.roots) })
      .execute();
    return heads.length;
  });
}

export interface LoggedHead {
  readonly index: number;
  readonly seq: number;
  readonly hash: string;
}

/** The newest logged head of an instance, and the first checkpoint that holds it. */
export async function readLoggedHead(
  db: Database,
  instanceId: string,
): Promise<(LoggedHead & { readonly checkpoint: { readonly size: number; readonly root: string; readonly at: string } }) | null> {
  const { rows } = await sql<{ index: string; seq: number; hash: Buffer; size: string; root: Buffer; at: Date }>`
    select l.index, l.seq, l.hash, c.size, c.root, c.at
    from (select * from logged_head where instance_id = ${instanceId}::uuid order by seq desc limit 1) l,
    lateral (select * from checkpoint where size > l.index order by size limit 1) c`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const checkpoint = { size: Number(row.size), root: row.root.toString('hex'), at: row.at.toISOString() };
  return { index: Number(row.index), seq: row.seq, hash: row.hash.toString('hex'), checkpoint };
}

/** The first `size` heads of the log, for whoever recomputes a root. */
export async function readHeads(db: Database, size: number): Promise<readonly ChainHead[]> {
  const rows = await db.selectFrom('logged_head').selectAll().where('index', '<', String(size)).orderBy('index').execute();
  return rows.map((row) => ({ instanceId: row.instance_id, seq: row.seq, hash: row.hash.toString('hex') }));
}
