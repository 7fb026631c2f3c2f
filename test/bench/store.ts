/** What the benchmark reads from the database: sizes and how far confirmation is behind. It writes nothing there. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Tables that keep something for a finished instance. */
const KEPT = [
  'instance',
  'step',
  'submission',
  'task',
  'inbox',
  'copy',
  'participant',
  'notice',
  'draft',
  'refused_command',
  'relay',
  'data_key',
  'access',
  'file',
  'file_chunk',
];

export class Store {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(url: string): Promise<Store> {
    const client = new pg.Client({ connectionString: url });
    // When a measurement fails the database ends before this connection: what failed is to be seen, not that.
    client.on('error', () => undefined);
    await client.connect();
    return new Store(client);
  }

  /** Bytes of tables, indexes and overflow that hold instances, after dead rows were cleaned away. */
  async bytes(): Promise<number> {
    await this.#client.query(`vacuum full ${KEPT.join(', ')}`);
    const { rows } = await this.#client.query<{ bytes: string }>(
      'select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) as name',
      [KEPT],
    );
    return Number(rows[0]?.bytes ?? 0);
  }

  async count(): Promise<{ readonly instances: number; readonly sealed: number; readonly unconfirmedSteps: number }> {
    const { rows } = await this.#client.query<{ instances: string; sealed: string; unconfirmed: string }>(`
      select (select count(*) from instance) as instances, (select count(*) from instance where sealed_at is not null) as sealed,
        (select coalesce(sum(last_seq - confirmed_seq), 0) from relay where confirmed_seq < last_seq) as unconfirmed`);
    return {
      instances: Number(rows[0]?.instances ?? 0),
      sealed: Number(rows[0]?.sealed ?? 0),
      unconfirmedSteps: Number(rows[0]?.unconfirmed ?? 0),
    };
  }

  /** Age in milliseconds of the oldest steps that are not confirmed yet, one per instance that is behind. */
  async lags(): Promise<readonly number[]> {
    const { rows } = await this.#client.query<{ ms: number }>(
      'select extract(epoch from clock_timestamp() - unconfirmed_since)::float8 * 1000 as ms from relay where confirmed_seq < last_seq and due_at <= clock_timestamp() and unconfirmed_since is not null',
    );
    return rows.map((row) => row.ms);
  }

  /** Waits until every ended instance is sealed and nothing is unconfirmed; seconds it took. */
  async untilSettled(secondsMax: number): Promise<number> {
    const began = performance.now();
    for (;;) {
      const { instances, sealed } = await this.count();
      if (instances === sealed) return (performance.now() - began) / 1000;
      if (performance.now() - began > secondsMax * 1000)
        throw new Error(`${instances - sealed} instances are not sealed after ${secondsMax} s.`);
      await sleep(100);
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}
