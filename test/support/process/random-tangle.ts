/** A random diagram of any wiring at all, of which only the invariants are asked. */
import fc from 'fast-check';
import { element, flows, userTask } from './a-graph.ts';

const NODES = ['userTask', 'task', 'exclusiveGateway', 'parallelGateway', 'inclusiveGateway'] as const;

/** Nodes wired at random: joins that never come together, loops without a way out, elements that nothing leads to. */
export const tangle: fc.Arbitrary<readonly string[]> = fc
  .record({
    tags: fc.array(fc.constantFrom(...NODES), { minLength: 2, maxLength: 7 }),
    wires: fc.array(fc.tuple(fc.nat(6), fc.nat(7)), { minLength: 2, maxLength: 14 }),
  })
  .map(({ tags, wires }) => {
    const names = tags.map((_, index) => `t${index}`);
    const lines = new Set(['start t0']);
    for (const [from, to] of wires) {
      const [source, target] = [names[from % names.length], [...names, 'end'][to % (names.length + 1)]];
      if (source && target) lines.add(`${source} ${target}`);
    }
    const conditional = [...lines].map((line) => {
      const [source = '', target = ''] = line.split(' ');
      const tag = tags[names.indexOf(source)];
      return tag === 'exclusiveGateway' || tag === 'inclusiveGateway' ? `${line} =${target} = true` : line;
    });
    const nodes = tags.map((tag, index) => (tag === 'userTask' ? userTask(`t${index}`) : element(tag, `t${index}`)));
    return [element('startEvent', 'start'), element('endEvent', 'end'), ...nodes, flows(...conditional)];
  });
