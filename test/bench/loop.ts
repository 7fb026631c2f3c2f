/** The closed loop of five human tasks, each found in the inbox, claimed and completed with a form. */
import { setTimeout as sleep } from 'node:timers/promises';
import { claim, clientOf, complete, type People, STEPS, startInstance, untilVisible } from './people.ts';
import { type Percentiles, percentiles } from './statistics.ts';

export interface LoopResult {
  readonly stepsPerSecond: number;
  /** From sending "complete" (or the application) until the next person's inbox has answered with the task. */
  readonly visible: Percentiles;
  readonly seconds: number;
}

/** So many users, each with the next task as soon as the last is done. */
export async function measureLoop(
  people: People,
  { users, instances }: { readonly users: number; readonly instances: number },
): Promise<LoopResult> {
  let left = instances;
  return measured(instances, (visible) =>
    Promise.all(
      Array.from({ length: users }, async () => {
        while (left-- > 0) await walk(people, visible);
      }),
    ),
  );
}

/** So many steps a second, however long each takes: applications come in at even distances. */
export async function measureOffered(
  people: People,
  { stepsPerSecond, seconds }: { readonly stepsPerSecond: number; readonly seconds: number },
): Promise<LoopResult> {
  const instances = Math.round((stepsPerSecond * seconds) / STEPS.length);
  const everyMs = (seconds * 1000) / instances;
  return measured(instances, async (visible) => {
    const began = performance.now();
    const walks: Promise<void>[] = [];
    for (let n = 0; n < instances; n += 1) {
      await sleep(Math.max(0, began + n * everyMs - performance.now()));
      walks.push(walk(people, visible));
    }
    await Promise.all(walks);
  });
}

async function measured(instances: number, run: (visible: number[]) => Promise<unknown>): Promise<LoopResult> {
  const visible: number[] = [];
  const began = performance.now();
  await run(visible);
  const seconds = (performance.now() - began) / 1000;
  return { stepsPerSecond: (instances * STEPS.length) / seconds, visible: percentiles(visible), seconds };
}

/** One instance from its application to the last of its tasks. */
async function walk(people: People, visible: number[]): Promise<void> {
  let sent = performance.now();
  const started = await startInstance(people);
  for (const { signInName } of STEPS) {
    const client = clientOf(people, signInName);
    const taskId = await untilVisible(client, started);
    visible.push(performance.now() - sent);
    await claim(client, started.instanceId, taskId);
    sent = performance.now();
    await complete(people, client, started.instanceId, taskId);
  }
}
