/** Door, relay and Temporal together in the test's own process, for what has to be true of all of them. */
import { createActivities } from '#activities/index.ts';
import type { JobHandlers } from '#activities/jobs/jobs.ts';
import { offerTo } from '#activities/jobs/offer.ts';
import { InstanceCodec } from '#engine/codec.ts';
import { aRelay, untilSealed } from './relay.ts';
import { aTestWorker, type TestWorker } from './temporal-worker.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

export interface WholePath {
  readonly temporal: TestWorker;
  /** The workflow came to the same hash as the journal at every step. */
  confirmed(instanceId: string): Promise<void>;
  sealed(instanceId: string): Promise<void>;
  stop(): Promise<void>;
}

/** `cacheSize` 0: every workflow task replays the whole history. */
export async function aWholePath(
  world: World,
  options: { readonly jobs?: JobHandlers; readonly cacheSize?: number } = {},
): Promise<WholePath> {
  const activities = createActivities({ door: world.door, jobs: options.jobs ?? {}, offerJob: offerTo(world.db) });
  const temporal = await aTestWorker({
    activities,
    codec: new InstanceCodec(world),
    ...(options.cacheSize === undefined ? {} : { cacheSize: options.cacheSize }),
  });
  const { relay, stop: stopRelay } = aRelay(world, temporal);
  const relayRow = async (instanceId: string) =>
    (
      await world.asOwner<{ last_seq: number; confirmed_seq: number; stopped: boolean; last_error: string | null }>(
        'select last_seq, confirmed_seq, stopped, last_error from relay where instance_id = $1',
        [instanceId],
      )
    )[0];
  return {
    temporal,
    async confirmed(instanceId) {
      await world.asOwner('update relay set due_at = now() where instance_id = $1', [instanceId]);
      relay.wake();
      await until('all steps are confirmed', async () => {
        const row = await relayRow(instanceId);
        if (row?.stopped) {
          const [instance] = await world.asOwner<{ divergence: object | null }>('select divergence from instance where id = $1', [
            instanceId,
          ]);
          throw new Error(`The relay stopped: ${row.last_error} ${JSON.stringify(instance?.divergence)}`);
        }
        return !row || row.confirmed_seq === row.last_seq;
      });
    },
    sealed: (instanceId) => untilSealed(world, instanceId),
    async stop() {
      await stopRelay();
      await temporal.stop();
    },
  };
}
