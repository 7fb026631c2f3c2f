/** Whether a flow stays sound when any of its tasks could return it anywhere: minutes for a large flow, which therefore has a test file of its own. */
import { describe, expect, it } from 'vitest';
import { prove } from '#core/process/soundness/prove.ts';
import { loadFlow } from '#flows/load-flow.ts';

export function proveReturns(keys: readonly string[]): void {
  describe.each(keys)('the flow %s stays sound from every state', async (key) => {
    const { graph, facts } = await loadFlow(key);
    const tasks = Object.values(graph.elements).flatMap((element) => (element.elementType === 'userTask' ? [element] : []));

    it.each(tasks.map((task) => [task.id, task] as const))(
      'if whoever holds %s could return it to whatever was done before',
      (id, task) => {
        const returning = { ...graph, elements: { ...graph.elements, [id]: { ...task, returns: 'any' as const } } };
        // A sub-process that is opened again has lost its own variables; the flow that allows such a return is told so.
        // From so many states everything cannot be tried: what can, must be sound.
        const left = new Set(['variable-undefined', 'soundness-bounded']);
        expect(prove(returning, { facts }).findings.filter(({ rule }) => !left.has(rule))).toEqual([]);
      },
      5 * 60_000,
    );
  });
}
