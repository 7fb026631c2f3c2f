/** A world with its durable shell: the worker with all activities, the relay, and everything else that a worker process keeps going. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createCalledActivities } from '#activities/called.ts';
import { createCycleActivities } from '#activities/cycle.ts';
import { createActivities } from '#activities/index.ts';
import type { JobHandlers } from '#activities/jobs/jobs.ts';
import { offerTo } from '#activities/jobs/offer.ts';
import type { JsonObject } from '#core/json.ts';
import type { ProcessState } from '#core/process/state.ts';
import { currentDeployment } from '#db/deployments.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { InstanceCodec } from '#engine/codec.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import { Matcher } from '#engine/matcher.ts';
import { Processes } from '#engine/processes.ts';
import { Schedules } from '#engine/schedules.ts';
import { aRelay, untilSealed } from './relay.ts';
import { aTestWorker, type TestWorker } from './temporal-worker.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

export interface Shell {
  readonly temporal: TestWorker;
  /** Not running: tests that are about it reconcile. */
  readonly schedules: Schedules;
  /** Waits until the loop is sealed and every step confirmed. */
  sealed(instanceId: string): Promise<void>;
  /** Waits for the state that a test is about. */
  reached(instanceId: string, what: string, is: (state: ProcessState) => boolean): Promise<ProcessState>;
  /** Every step was decided again by the workflow, with the same hash, and the chain holds. */
  expectConfirmed(instanceId: string): Promise<void>;
  /** The instances that an instance called, in the order in which it wanted them. */
  called(instanceId: string): Promise<readonly string[]>;
  /** Starts an instance of a deployed flow with these variables, as a system does; its id. */
  begin(
    serviceKey: string,
    variables?: JsonObject,
    how?: { readonly processId?: string; readonly startElementId?: string },
  ): Promise<string>;
  stop(): Promise<void>;
}

/** `cacheSize` as a test worker takes it. */
export async function aShell(
  world: World,
  { jobs = {}, cacheSize }: { readonly jobs?: JobHandlers; readonly cacheSize?: number } = {},
): Promise<Shell> {
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  const temporal = await aTestWorker({
    activities: {
      ...createActivities({ door: world.door, jobs, offerJob: offerTo(world.db) }),
      ...createCalledActivities({ door: world.door, beginnings }),
      ...createCycleActivities({ db: world.db, beginnings, processes }),
    },
    codec: new InstanceCodec(world),
    ...(cacheSize === undefined ? {} : { cacheSize }),
  });
  const matcher = new Matcher({ ...world, beginnings, processes, onError: () => undefined });
  const schedules = new Schedules({
    db: world.db,
    client: temporal.client,
    processes,
    taskQueue: temporal.taskQueue,
    onError: () => undefined,
  });
  const relay = aRelay(world, temporal, { onNews: () => matcher.wake() });
  matcher.start();
  return {
    temporal,
    schedules,
    sealed: (instanceId) => untilSealed(world, instanceId),
    reached: (instanceId, what, is) =>
      until(what, async () => {
        const state = await world.state(instanceId);
        return is(state) && state;
      }),
    async expectConfirmed(instanceId) {
      await world.asOwner('update relay set due_at = now() where instance_id = $1', [instanceId]);
      const { chain, now } = await until('all steps are confirmed', async () => {
        const before = await world.instance(instanceId);
        const { chain, steps } = await world.call('p-ye-zhou', 'audit', { id: instanceId });
        const now = await world.instance(instanceId);
        // A job may bring the next step at any moment: then they were not asked about the same.
        return before.lastHash === now.lastHash && steps.every(({ confirmed }) => confirmed) && { chain, now };
      });
      expect(now.isDiverged).toBe(false);
      expect(chain).toEqual({ valid: true, brokenAt: null, head: now.lastHash });
    },
    async called(instanceId) {
      const rows = await world.asOwner<{ id: string }>('select id from instance where caller_id = $1 order by caller_effect', [instanceId]);
      return rows.map(({ id }) => id);
    },
    async begin(serviceKey, variables = {}, { processId, startElementId } = {}) {
      const deployment = await currentDeployment(world.db, serviceKey);
      if (!deployment) throw new Error(`Nobody deployed ${serviceKey}.`);
      const descriptor = serviceDescriptor.parse(deployment.descriptor);
      const graph = await world.definitions.graph(deployment.graphHash);
      const instanceId = randomUUID();
      const result = await beginnings.fromOutside({
        process: { deployment, descriptor, graph, processId: processId ?? descriptor.processId },
        instanceId,
        actor: { kind: 'system', name: 'workflow' },
        asked: {},
        variables,
        organisationId: 'org-lead',
        ...(startElementId === undefined ? {} : { startElementId }),
      });
      if (result.kind !== 'accepted') throw new Error(`${serviceKey} does not start: ${JSON.stringify(result)}`);
      return instanceId;
    },
    async stop() {
      await relay.stop();
      await matcher.stop();
      await temporal.stop();
    },
  };
}
