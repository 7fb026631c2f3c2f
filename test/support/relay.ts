import { randomUUID } from 'node:crypto';
import { listenForChanges } from '#db/notify.ts';
import { haveNews } from '#engine/changes.ts';
import { Relay, type RelayOptions } from '#engine/relay.ts';
import type { TestWorker } from './temporal-worker.ts';
import { until } from './until.ts';
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

/** The loop is sealed, and every step confirmed. */
export async function untilSealed(world: World, instanceId: string): Promise<void> {
  await until(`${instanceId} is sealed`, async () => {
    const { sealedAt } = await world.instance(instanceId);
    const [relay] = await world.asOwner('select 1 from relay where instance_id = $1', [instanceId]);
    return sealedAt !== null && !relay;
  });
}
