/**
 * Every diagram of the catalogue through door, relay, matcher and Temporal: each instance has the trace that it has in memory, and its workflow
 * confirmed every step. Between instances the order is the world's, not BPMN's, so each is compared on its own.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDiagram } from '#bin/cli/sources.ts';
import { Simulation } from '#core/process/simulate.ts';
import type { EventLine } from '#core/process/simulate-lines.ts';
import { readScript } from '#core/process/simulate-script.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { ownVariables, ScriptedJobs, Through } from '#test/support/through.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { CASES, type Case, ELEMENTS, marks } from './cases.ts';

const jobs = new ScriptedJobs();
let world: World;
let shell: Shell;
beforeAll(async () => {
  world = await aWorld();
  shell = await aShell(world, { jobs: jobs.handlers });
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

describe('through the real parts', () => {
  it.each(Object.entries(CASES))('%s', async (name, example) => {
    const { graph } = await readDiagram(new URL(`${name}.bpmn`, ELEMENTS).pathname);
    if (!graph) throw new Error('It did not compile.');
    const read = readScript(example.script ?? {});
    if ('fault' in read) throw new Error(read.fault);
    const expected = inMemory({ graph, script: read.script }, example);

    const through = new Through({ world, shell, jobs, graph, script: read.script });
    await through.deploy();
    try {
      const started: string[] = [];
      for (const processId of startsOf(graph, example)) started.push(await through.start(processId, example.variables ?? {}));
      const played = await through.run();
      const traces = played.map(({ processId, events }) => `${processId}: ${events.flatMap(marks).join(' ')}`);
      expect(traces.sort()).toEqual(expected);
      const [first] = started;
      const begun = played.find(({ instanceId }) => instanceId === first);
      if (example.ends && begun) expect(ownVariables(begun.state)).toEqual(example.ends);
      for (const { instanceId } of played) await shell.expectConfirmed(instanceId);
    } finally {
      await through.retire();
    }
  });
});

type Played = ConstructorParameters<typeof Simulation>[0];

const startsOf = (graph: Played['graph'], { processes }: Case): readonly string[] => processes ?? Object.keys(graph.processes).slice(0, 1);

/** The trace of each instance, as `simulate` has it. */
function inMemory({ graph, ...options }: Played, example: Case): readonly string[] {
  const lines: EventLine[] = [];
  const simulation = new Simulation({ graph, ...options, onEvent: (line) => lines.push(line) });
  for (const processId of startsOf(graph, example)) simulation.start(processId, example.variables ?? {});
  expect(simulation.run()).toEqual({ status: 'completed' });
  expect(lines.flatMap(marks).join(' ')).toBe(example.trace);
  return [...simulation.instances.values()]
    .map(
      ({ instanceId, processId }) =>
        `${processId}: ${lines
          .filter((line) => line.instanceId === instanceId)
          .flatMap(marks)
          .join(' ')}`,
    )
    .sort();
}
