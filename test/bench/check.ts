/** How long the checker takes to prove each shipped flow, and how many states that is. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ROOT } from '#bin/start/applications.ts';
import { prove } from '#core/process/soundness/prove.ts';
import { loadFlow } from '#flows/load-flow.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;

export async function measureCheck(say: (text: string) => void): Promise<void> {
  say('\nProof of each flow: states · steps · ms, median of 7 after a first one');
  const keys = readdirSync(path.join(ROOT, 'flows'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: key } of keys) {
    const { graph, facts } = await loadFlow(key);
    const first = prove(graph, { facts });
    const times = Array.from({ length: ROUNDS }, () => {
      const began = performance.now();
      prove(graph, { facts });
      return performance.now() - began;
    });
    say(`${key.padEnd(20)} ${first.states} · ${first.steps} · ${median(times).toFixed(0)}`);
  }
}
