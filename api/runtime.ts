/** What one thread of the web keeps: a pool, keys, the door, sign-in and live news. Made on first use, once per thread. */
import { config } from '#config/config.ts';
import { jobSecrets, secretsFor } from '#config/job-secrets.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { listenForChanges } from '#db/notify.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { Changes } from '#engine/changes.ts';
import { DataKeys } from '#engine/data-keys.ts';
import { Definitions } from '#engine/definitions.ts';
import { Door } from '#engine/door.ts';
import { localKeyProvider } from '#engine/keys.ts';
import { Needs } from '#engine/needs.ts';
import { Processes } from '#engine/processes.ts';
import { Publisher } from '#engine/publish.ts';
import { Terminology } from '#engine/terminology.ts';
import { type Auth, createAuth } from './auth.ts';
import { Directory, type Names } from './directory.ts';
import { LiveHub } from './live.ts';
import { logger } from './logger.ts';

export interface Runtime {
  readonly db: Database;
  readonly keys: DataKeys;
  readonly definitions: Definitions;
  readonly door: Door;
  readonly publisher: Publisher;
  readonly processes: Processes;
  readonly beginnings: Beginnings;
  readonly terminology: Terminology;
  readonly auth: Auth;
  readonly directory: Names;
  readonly live: LiveHub;
  /** Lets go of connections; for a process that ends, and for tests. */
  stop(): Promise<void>;
}

// Next.js bundles its pages apart; what must be one per thread hangs on the global object.
const holder = globalThis as { bihuanRuntime?: Runtime };

export function runtime(): Runtime {
  holder.bihuanRuntime ??= createRuntime();
  return holder.bihuanRuntime;
}

function createRuntime(): Runtime {
  const { database, keys: keyConfig, terminology, jobs } = config();
  const db = openDatabase({
    url: database.url,
    connectionsMax: database.poolSizeMax,
    applicationName: 'bihuan-web',
    statementTimeoutMs: database.statementTimeoutMs,
  });
  const keys = new DataKeys(db, localKeyProvider(keyConfig.file));
  const definitions = new Definitions(db);
  const changes = new Changes(db);
  const door = new Door({ db, keys, definitions, needs: new Needs(db), changes });
  const publisher = new Publisher({ db, keys, changes });
  const processes = new Processes({ db, definitions });
  const beginnings = new Beginnings({ db, door, keys, processes });
  const live = new LiveHub((hub) =>
    listenForChanges(database.url, { changes: (changes) => hub.publish(changes), gap: () => hub.refreshAll() }),
  );
  const stop = async (): Promise<void> => {
    live.stop();
    await db.destroy();
  };
  return {
    db,
    keys,
    definitions,
    door,
    publisher,
    processes,
    beginnings,
    terminology: new Terminology(
      { db, tellAway: (host, reason) => logger().warn({ host, reason }, 'terminology server away: codes are taken unchecked') },
      { ...terminology, authorizations: secretsFor(terminology.secretNames, jobSecrets(jobs.secretsFile)) },
    ),
    auth: createAuth(db),
    directory: new Directory(db),
    live,
    stop,
  };
}
