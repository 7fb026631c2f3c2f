/** What a command needs that works on a stack: its database, keys, door and Temporal, as a worker has them, and let go of at the end. */
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { config } from '#config/config.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { Changes } from '#engine/changes.ts';
import { InstanceCodec } from '#engine/codec.ts';
import { DataKeys } from '#engine/data-keys.ts';
import { Definitions } from '#engine/definitions.ts';
import { Door } from '#engine/door.ts';
import { Histories } from '#engine/histories.ts';
import { localKeyProvider } from '#engine/keys.ts';
import { Needs } from '#engine/needs.ts';

export interface Connected {
  readonly db: Database;
  readonly keys: DataKeys;
  readonly definitions: Definitions;
  readonly door: Door;
  readonly client: Client;
  readonly histories: Histories;
  readonly codec: InstanceCodec;
  readonly dataConverter: DataConverter;
}

const CONNECTIONS_MAX = 4;

export async function connected<T>(work: (parts: Connected) => Promise<T>): Promise<T> {
  const { database, temporal, keys: keyConfig } = config();
  const { url, statementTimeoutMs } = database;
  const db = openDatabase({ url, connectionsMax: CONNECTIONS_MAX, applicationName: 'bihuan-cli', statementTimeoutMs });
  const { address, namespace, tls, apiKey } = temporal;
  const connection = await Connection.connect({ address, ...(tls && { tls: true }), ...(apiKey && { apiKey }) });
  try {
    const keys = new DataKeys(db, localKeyProvider(keyConfig.file));
    const definitions = new Definitions(db);
    const door = new Door({ db, keys, definitions, needs: new Needs(db), changes: new Changes(db) });
    const codec = new InstanceCodec({ keys, definitions });
    const dataConverter = {
      payloadCodecs: [codec],
      failureConverterPath: fileURLToPath(new URL('../../engine/failure-converter.ts', import.meta.url)),
    };
    const client = new Client({ connection, namespace, dataConverter });
    const histories = new Histories({ db, client });
    return await work({ db, keys, definitions, door, client, histories, codec, dataConverter });
  } finally {
    await connection.close();
    await db.destroy();
  }
}
