import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** One pool per process. Times come back as `Date`; 64-bit integers as strings. */
export function openDatabase(options: {
  readonly url: string;
  readonly connectionsMax: number;
  readonly applicationName: string;
  /** After which the database gives a statement up. */
  readonly statementTimeoutMs?: number;
}): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connectionsMax,
    application_name: options.applicationName,
    ...(options.statementTimeoutMs !== undefined && { statement_timeout: options.statementTimeoutMs }),
    // Every statement of ours has an index to go by; a plan made while a table was small must not read it whole once it is large.
    // And one plan serves all values: planning the list of tasks anew for each reader costs seven times what running it does. Limits
    // therefore stand in the text (`sql.lit`): a plan for an unknown limit reads whole groups.
    options: '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan',
  });
  // A connection that dies is replaced by the pool. While it is idle the pool hears of it; while somebody holds it, between two statements of a
  // transaction, nobody would, and Node would stop the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('connect', prepareRepeatedStatements);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

const STATEMENTS_MAX = 200;

/**
 * Statements seen before on a connection are sent as named prepared statements: planning the door's large statement costs
 * more than running it. Bounded, because lists of varying length make new texts.
 */
function prepareRepeatedStatements(client: pg.PoolClient): void {
  const seen = new Map<string, string | null>();
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const prepared = (...args: unknown[]): unknown => {
    const [text, values, ...rest] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return query(...args);
    const name = seen.get(text);
    if (name) return query({ name, text, values }, ...rest);
    if (name === null) seen.set(text, createHash('sha1').update(text).digest('hex').slice(0, 20));
    else if (seen.size < STATEMENTS_MAX) seen.set(text, null);
    return query(...args);
  };
  // The driver only knows `query`; the overloads of pg's type cannot be written for a forwarding function.
  client.query = prepared as typeof client.query;
}
