import { randomUUID } from 'node:crypto';
import { listenForChanges } from '#db/notify.ts';
import { haveNews } from '#engine/changes.ts';
import { Relay, type RelayOptions } from '#engine/relay.ts';
import type { TestWorker } from './temporal-worker.ts';
import type { World } from './world.ts';

export interface RunningRelay {
  readonly relay: Relay;
  stop(): Promise<void>;
}

/** A relay that runs as in a worker; `onNews` hears of messages and signals beside it. */
export function aRelay(
  world: Pick<World, 'db' | 'keys' | 'definitions' | 'database'>,
  { client, taskQueue }: Pick<TestWorker, 'client' | 'taskQueue'>,
  { onNews = () => undefined, ...options }: Partial<RelayOptions> & { readonly onNews?: () => void } = {},
): RunningRelay {
  const relay = new Relay({
    db: world.db,
    client,
    keys: world.keys,
    definitions: world.definitions,
    taskQueue,
    workerId: randomUUID(),
    concurrencyMax: 8,
    leaseSeconds: 30,
    onError: () => undefined,
    ...options,
  });
  const wake = (hasNews: boolean): void => {
    relay.wake();
    if (hasNews) onNews();
  };
  const stopListening = listenForChanges(world.database.url, { changes: (changes) => wake(haveNews(changes)), gap: () => wake(true) });
  relay.start();
  return {
    relay,
    async stop() {
      stopListening();
      await relay.stop();
    },
  };
}
