/** What an inbox costs with few and with many open tasks of one group. Every task comes from a real application over HTTP. */
import type { Stack } from '../support/stack.ts';
import { clientOf, STEPS, signInPeople, startInstance } from './people.ts';
import { type Percentiles, percentiles } from './statistics.ts';

export interface InboxResult {
  readonly open: number;
  readonly page: Percentiles;
  readonly filtered: Percentiles;
  readonly counts: Percentiles;
}

const OPEN = (process.env.BENCH_OPEN ?? '1000,100000').split(',').map(Number);
const SENDERS = 16;
const REQUESTS = 200;

export async function measureInbox(stack: Stack, { say }: { readonly say: (text: string) => void }): Promise<readonly InboxResult[]> {
  // Workers would only take the processor from the applications; nothing here waits for them.
  await Promise.all(stack.workers.map((worker) => worker.stop()));
  const people = await signInPeople(stack);
  const reader = clientOf(people, STEPS[0].signInName);
  const results: InboxResult[] = [];
  let open = 0;
  for (const target of OPEN) {
    const began = performance.now();
    await Promise.all(
      Array.from({ length: SENDERS }, async () => {
        while (open < target) {
          open += 1;
          await startInstance(people);
          if (open % 10_000 === 0) say(`  ${open} open tasks after ${Math.round((performance.now() - began) / 1000)} s`);
        }
      }),
    );
    const timed = async (path: string): Promise<Percentiles> => {
      const taken: number[] = [];
      for (let n = 0; n < REQUESTS; n += 1) {
        const sent = performance.now();
        await reader.get(path);
        taken.push(performance.now() - sent);
      }
      return percentiles(taken);
    };
    results.push({
      open: target,
      page: await timed('/api/inbox?list=claimable&limit=50'),
      filtered: await timed('/api/inbox?list=claimable&limit=50&serviceKey=five-steps&phase=review&urgency=routine'),
      counts: await timed('/api/inbox/counts'),
    });
  }
  return results;
}
