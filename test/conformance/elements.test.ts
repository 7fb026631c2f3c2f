/** Every diagram of the catalogue, run in memory. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDiagram } from '#bin/cli/sources.ts';
import { Simulation } from '#core/process/simulate.ts';
import { readScript } from '#core/process/simulate-script.ts';
import { CASES, ELEMENTS, marks } from './cases.ts';

describe('every element', () => {
  it.each(Object.entries(CASES))('%s', async (name, { processes, variables = {}, script = {}, warnings = [], trace, ends, at }) => {
    const { graph, findings } = await checkDiagram(new URL(`${name}.bpmn`, ELEMENTS).pathname);
    expect(findings.map(({ severity, elementId, rule }) => `${severity} ${elementId} ${rule}`)).toEqual(
      warnings.map((each) => `warning ${each}`),
    );
    if (!graph) throw new Error('It did not compile.');
    const read = readScript(script);
    if ('fault' in read) throw new Error(read.fault);
    const seen: string[] = [];
    const simulation = new Simulation({ graph, script: read.script, onEvent: (line) => seen.push(...marks(line)) });
    for (const processId of processes ?? Object.keys(graph.processes).slice(0, 1)) simulation.start(processId, variables);
    expect(simulation.run()).toEqual({ status: 'completed' });
    expect(seen.join(' ')).toBe(trace);
    const [first] = simulation.instances.values();
    if (ends) expect(first?.state?.elements[1]?.variables).toEqual(ends);
    if (at) expect(simulation.now).toBe(at);
  });

  it('has a case for every diagram of the folder', () => {
    const files = readdirSync(ELEMENTS).filter((file) => file.endsWith('.bpmn'));
    expect(files.map((file) => file.replace('.bpmn', '')).sort()).toEqual(Object.keys(CASES).sort());
  });
});
