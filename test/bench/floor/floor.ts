/** What Temporal alone does on the same store: workflows of five updates and nothing else. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import { Client, Connection } from '@temporalio/client';
import { ROOT } from '#bin/start/applications.ts';
import { startChild, typescript } from '#bin/start/child.ts';
import type { Stack } from '../../support/stack.ts';
import { type Percentiles, percentiles } from '../statistics.ts';

const STEPS = 5;

export interface FloorResult {
  readonly stepsPerSecond: number;
  readonly update: Percentiles;
}

export interface Floor {
  measure(options: { readonly users: number; readonly instances: number }): Promise<FloorResult>;
  stop(): Promise<void>;
}

export async function startFloor(stack: Stack): Promise<Floor> {
  const worker = await startChild({
    name: 'Floor',
    command: process.execPath,
    args: typescript(path.join(ROOT, 'test/bench/floor/worker.ts')),
    env: { ...process.env, TEMPORAL_ADDRESS: stack.temporalAddress, TEMPORAL_NAMESPACE: stack.namespace },
    cwd: ROOT,
    logFile: path.join(stack.folder, 'logs', 'floor.log'),
    stopSignal: 'SIGTERM',
  });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new Client({ connection, namespace: stack.namespace });
  return {
    async measure({ users, instances }) {
      const taken: number[] = [];
      let left = instances;
      const began = performance.now();
      await Promise.all(
        Array.from({ length: users }, async () => {
          while (left-- > 0) {
            const handle = await client.workflow.start('bare', { taskQueue: 'bench-floor', workflowId: `floor-${randomUUID()}` });
            for (let step = 0; step < STEPS; step += 1) {
              const sent = performance.now();
              await handle.executeUpdate('step', { args: [step] });
              taken.push(performance.now() - sent);
            }
          }
        }),
      );
      return { stepsPerSecond: taken.length / ((performance.now() - began) / 1000), update: percentiles(taken) };
    },
    async stop() {
      await connection.close();
      await worker.stop();
    },
  };
}
