/** A worker in the test's own process, on the Temporal that all test files share and a task queue of its own. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client, type ClientInterceptors, Connection } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { register } from 'tsx/cjs/api';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { ACTIVATION_TIMEOUT } from '#engine/activation-timeout.ts';
import type { CalledActivities, CycleActivities, InstanceActivities } from '#workflows/messages.ts';
import { sharedTemporal } from './shared.ts';

// The SDK requires the failure converter by its path, past the test runner's own loader.
register();
const FAILURE_CONVERTER = fileURLToPath(new URL('../../engine/failure-converter.ts', import.meta.url));

let isInstalled = false;

export interface TestWorker {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Stops polling, as a worker that is deployed anew. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestWorkerOptions {
  readonly activities: InstanceActivities & Partial<CalledActivities & CycleActivities>;
  readonly codec?: PayloadCodec;
  /** Small: workflows are evicted and replayed all the time. */
  readonly cacheSize?: number;
  /** Another way to Temporal than the direct one. */
  readonly clientAddress?: string;
  readonly interceptors?: ClientInterceptors;
  readonly isPaused?: boolean;
  /** Another Temporal than the one that the integration tests share. */
  readonly server?: Pick<TestWorker, 'address' | 'namespace' | 'taskQueue'>;
}

export async function aTestWorker({
  activities,
  codec,
  cacheSize = 100,
  clientAddress,
  interceptors,
  isPaused = false,
  server,
}: TestWorkerOptions): Promise<TestWorker> {
  if (!isInstalled) {
    Runtime.install({
      logger: new DefaultLogger('ERROR', () => undefined),
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
    });
  }
  isInstalled = true;
  const { address, namespace, taskQueue } = server ?? sharedTemporal();
  const dataConverter = { payloadCodecs: codec ? [codec] : [], failureConverterPath: FAILURE_CONVERTER };
  const connection = await NativeConnection.connect({ address });
  const clientConnection = Connection.lazy({ address: clientAddress ?? address, channelArgs: { 'grpc.max_reconnect_backoff_ms': 500 } });
  const workflowBundle = { codePath: await bundleWorkflows() };
  let running: { readonly worker: Worker; readonly run: Promise<void> } | null = null;

  const made: TestWorker = {
    client: new Client({ connection: clientConnection, namespace, dataConverter, ...(interceptors && { interceptors }) }),
    address,
    namespace,
    taskQueue,
    async pause() {
      const current = running;
      running = null;
      if (!current) return;
      current.worker.shutdown();
      await current.run;
    },
    async resume() {
      if (running) return;
      const worker = await Worker.create({
        connection,
        namespace,
        taskQueue,
        workflowBundle,
        activities,
        dataConverter,
        maxCachedWorkflows: cacheSize,
        shutdownGraceTime: '1 second',
        ...ACTIVATION_TIMEOUT,
      });
      running = { worker, run: worker.run() };
    },
    async stop() {
      await made.pause();
      await clientConnection.close();
      await connection.close();
    },
  };
  if (!isPaused) await made.resume();
  return made;
}

/** The bundle's code, for replaying histories. */
export const workflowCode = async (): Promise<string> => readFile(await bundleWorkflows(), 'utf8');
