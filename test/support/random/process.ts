/** Random processes that differ from each other in all names, so that hundreds live in one world without hearing each other. */
import fc from 'fast-check';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import { aGraph, element, flows, userTask, xmlWith } from '../process/a-graph.ts';
import { longDiagram } from '../process/random-diagram.ts';
import { rootsFor } from '../process/random-roots.ts';
import { withReturns } from '../process/with-returns.ts';
import { JOB_TYPES } from './work.ts';

export interface RandomProcess {
  readonly graph: ProcessGraph;
  readonly variables: JsonObject;
  /** For whoever wants to see it. */
  readonly xml: string;
}

/** How many blocks stand one after the other. */
const BLOCKS_MAX = 3;

const waits = fc.record({
  pause: fc.constantFrom('PT0.05S', 'PT0.3S', 'PT1S'),
  trigger: fc.constantFrom('PT0.1S', 'PT0.5S', 'PT1S'),
  boundary: fc.constantFrom('PT0.2S', 'PT1S'),
  reminder: fc.constantFrom('PT0.1S', 'PT0.4S'),
});
const variables = fc.record({ c1: fc.boolean(), c2: fc.boolean() });

/** The same for the same seed. */
export async function randomProcesses(seed: number, count: number): Promise<readonly RandomProcess[]> {
  const drawn = fc.sample(fc.tuple(longDiagram(waits, BLOCKS_MAX), variables), { seed, numRuns: count });
  return Promise.all(
    drawn.map(async ([inner, given], index) => {
      const key = `random-${index}`;
      const roots = rootsFor({ message: `news-${index}`, aside: `aside-${index}`, signal: `alarm-${index}` });
      const isRemote = index % 3 === 0;
      const content = isRemote ? inner.map((part) => part.replaceAll(`type="${JOB_TYPES.inside}"`, `type="${JOB_TYPES.remote}"`)) : inner;
      return { graph: withReturns(await aGraph(content, roots, key)), variables: given, xml: xmlWith(roots, content) };
    }),
  );
}

/** What random processes call: somebody answers, and it asks for help on its way or ends at once. */
export const called = (): Promise<ProcessGraph> =>
  aGraph(
    [
      element('startEvent', 'start'),
      userTask('answer'),
      element('exclusiveGateway', 'choose', { default: 'choose--end' }),
      element('intermediateThrowEvent', 'help', {}, '<bpmn:escalationEventDefinition escalationRef="h"/>'),
      element('endEvent', 'end'),
      element('endEvent', 'helped'),
      flows('start answer', 'answer choose', 'choose end', 'choose help =c1 = true', 'help helped'),
    ],
    rootsFor({ message: 'called', aside: 'called', signal: 'called' }),
    'elsewhere',
  );
