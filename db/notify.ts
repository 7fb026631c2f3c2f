import { sql } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';

export const CHANGES_CHANNEL = 'bihuan_changes';
/** PostgreSQL's limit for one notification is 8,000 bytes. */
const PAYLOAD_BYTES_MAX = 7_500;

/** Sends each change as JSON, several in one notification. */
export async function notifyChanges(db: Database, changes: readonly object[]): Promise<void> {
  const payloads: string[] = [];
  let batch: string[] = [];
  let size = 2;
  for (const text of changes.map((change) => JSON.stringify(change))) {
    const bytes = Buffer.byteLength(text) + 1;
    if (bytes > PAYLOAD_BYTES_MAX) continue;
    if (size + bytes > PAYLOAD_BYTES_MAX) {
      payloads.push(`[${batch.join(',')}]`);
      batch = [];
      size = 2;
    }
    batch.push(text);
    size += bytes;
  }
  if (batch.length > 0) payloads.push(`[${batch.join(',')}]`);
  if (payloads.length === 0) return;
  await sql`select pg_notify(${CHANGES_CHANNEL}, p) from unnest(${payloads}::text[]) as p`.execute(db);
}

const RECONNECT_MS = 1_000;

/**
 * Listens for changes on a connection of its own and connects again when it breaks; `onGap` then says that changes may have been
 * missed. Returns the function that stops it.
 */
export function listenForChanges(
  url: string,
  on: { readonly changes: (changes: readonly unknown[]) => void; readonly gap: () => void },
): () => void {
  let stopped = false;
  let client: pg.Client | null = null;
  const connect = (): void => {
    if (stopped) return;
    const made = new pg.Client({ connectionString: url, application_name: 'bihuan-listen', keepAlive: true });
    client = made;
    let retried = false;
    const again = (): void => {
      if (retried || stopped) return;
      retried = true;
      void made.end().catch(() => {});
      setTimeout(connect, RECONNECT_MS).unref();
    };
    made.on('error', again);
    made.on('end', again);
    made.on('notification', (message) => {
      if (message.payload) on.changes(JSON.parse(message.payload) as unknown[]);
    });
    made
      .connect()
      .then(() => made.query(`listen ${CHANGES_CHANNEL}`))
      .then(() => on.gap())
      .catch(again);
  };
  connect();
  return () => {
    stopped = true;
    void client?.end().catch(() => {});
  };
}
