/** The closed loop of five human tasks, each found in the inbox, claimed and completed with a form. */
import { claim, clientOf, complete, type People, STEPS, startInstance, untilVisible } from './people.ts';
import { type Percentiles, percentiles } from './statistics.ts';

export interface LoopResult {
  readonly stepsPerSecond: number;
  /** From sending "complete" (or the application) until the next person's inbox has answered with the task. */
  readonly visible: Percentiles;
  readonly complete: Percentiles;
  readonly seconds: number;
}

export async function measureLoop(
  people: People,
  { users, instances }: { readonly users: number; readonly instances: number },
): Promise<LoopResult> {
  const visible: number[] = [];
  const completed: number[] = [];
  let left = instances;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: users }, async () => {
      while (left-- > 0) {
        let sent = performance.now();
        const started = await startInstance(people);
        for (const { signInName } of STEPS) {
          const client = clientOf(people, signInName);
          const taskId = await untilVisible(client, started);
          visible.push(performance.now() - sent);
          await claim(client, started.instanceId, taskId);
          sent = performance.now();
          await complete(people, client, started.instanceId, taskId);
          completed.push(performance.now() - sent);
        }
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { stepsPerSecond: completed.length / seconds, visible: percentiles(visible), complete: percentiles(completed), seconds };
}
