/** A world with a worker and a relay: instances are followed by real workflows, closed by them, and kept in real histories. */
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { createActivities } from '#activities/index.ts';
import { offerTo } from '#activities/jobs/offer.ts';
import { errandHandlers } from '#bin/errand-handlers.ts';
import { interpreterOf } from '#bin/replay-histories.ts';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { InstanceCodec } from '#engine/codec.ts';
import type { ErrandHandlers } from '#engine/errands.ts';
import { Histories } from '#engine/histories.ts';
import { aRelay, untilSealed } from './relay.ts';
import { aTestWorker, type TestWorker } from './temporal-worker.ts';
import { until } from './until.ts';
import { aWorld, type World } from './world.ts';

export interface FollowedWorld extends World {
  readonly temporal: TestWorker;
  readonly histories: Histories;
  /** As if Temporal had lost everything: the same server, asked for a namespace where nothing of ours is. */
  readonly forgetful: Histories;
  readonly forgetfulClient: Client;
  readonly codec: InstanceCodec;
  readonly handlers: ErrandHandlers;
  confirmed(instanceId: string): Promise<void>;
  sealed(instanceId: string): Promise<void>;
  /** The relay stops and begins again, as with its worker. */
  pauseRelay(): Promise<void>;
  resumeRelay(): void;
}

const FAILURE_CONVERTER = fileURLToPath(new URL('../../engine/failure-converter.ts', import.meta.url));

export async function aFollowedWorld(): Promise<FollowedWorld> {
  const world = await aWorld();
  const { db, keys, definitions, door } = world;
  const codec = new InstanceCodec(world);
  const temporal = await aTestWorker({ activities: createActivities({ door, jobs: {}, offerJob: offerTo(db) }), codec });
  const { client } = temporal;
  const histories = new Histories({ db, client });
  const forgetfulClient = new Client({ connection: client.connection, namespace: 'temporal-system' });
  const dataConverter = { payloadCodecs: [codec], failureConverterPath: FAILURE_CONVERTER };
  const interpreter = await interpreterOf(await bundleWorkflows());
  const handlers = errandHandlers({ db, client, keys, definitions, door, histories, codec, dataConverter, interpreter });
  let stopRelay: (() => Promise<void>) | null = null;

  const made: FollowedWorld = {
    ...world,
    temporal,
    histories,
    forgetful: new Histories({ db, client: forgetfulClient }),
    forgetfulClient,
    codec,
    handlers,
    async confirmed(instanceId) {
      await world.asOwner('update relay set due_at = now() where instance_id = $1', [instanceId]);
      await until('all steps are confirmed', async () => {
        const [row] = await world.asOwner<{ is_confirmed: boolean }>(
          'select confirmed_seq = last_seq as is_confirmed from relay where instance_id = $1',
          [instanceId],
        );
        return !row || row.is_confirmed;
      });
    },
    async sealed(instanceId) {
      await untilSealed(world, instanceId);
      await client.workflow.getHandle(instanceId).result();
    },
    async pauseRelay() {
      await stopRelay?.();
      stopRelay = null;
    },
    resumeRelay() {
      stopRelay = aRelay(world, temporal).stop;
    },
    async stop() {
      await made.pauseRelay();
      await temporal.stop();
      await world.stop();
    },
  };
  made.resumeRelay();
  return made;
}
