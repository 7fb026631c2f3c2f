import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BoundaryEvent, GraphElement } from '#core/bpmn/graph.ts';
import { prove } from '#core/process/soundness/prove.ts';
import { flowKeys, loadFlow } from './load-flow.ts';

describe.each(flowKeys())('the flow %s', async (key) => {
  const { graph, forms, findings, facts } = await loadFlow(key);
  const elements = Object.values(graph.elements);

  it('passes the checker without a finding', () => {
    expect(findings).toEqual([]);
  });

  it('is proved sound: it can always end, nothing in it is in vain, every variable is there when it is read', () => {
    const proof = prove(graph, { facts });
    expect(proof.findings).toEqual([]);
    // Every task of a person is waited for in a state of its own.
    expect(proof.states).toBeGreaterThan(elements.filter(({ elementType }) => elementType === 'userTask').length);
  });

  it('has every form that its diagram names, and names every form that it has', () => {
    const named = elements.flatMap((element) => ('formKey' in element && element.formKey ? [element.formKey] : []));
    expect([...new Set(named)].sort()).toEqual(Object.keys(forms).sort());
  });

  it('says every name in Chinese and in English', () => {
    const tasks = elements.filter(({ elementType }) => elementType.endsWith('Task') || elementType === 'subProcess');
    expect(tasks.filter(({ name }) => !name['zh-CN'] || !name.en).map(({ id }) => id)).toEqual([]);
  });

  it('gives every task of a person a deadline or a fixed time', () => {
    const waiting = elements.filter((element) => element.elementType === 'userTask' && !element.deadline);
    const timed = new Set(elements.flatMap((element) => (isFixedTime(element) ? [element.attachedToId] : [])));
    const around = (id: string): readonly string[] => [id, ...(graph.elements[id]?.parentId ? around(graph.elements[id].parentId) : [])];
    expect(waiting.filter(({ id }) => !around(id).some((scope) => timed.has(scope))).map(({ id }) => id)).toEqual([]);
  });

  it('describes itself as its diagram is', () => {
    const descriptor: { startForm?: string; processId: string; forms: Record<string, string> } = JSON.parse(
      readFileSync(new URL(`./${key}/flow.json`, import.meta.url), 'utf8'),
    );
    expect(Object.keys(graph.processes)).toContain(descriptor.processId);
    const drawn = elements.flatMap((element) => ('formKey' in element && element.formKey ? [[element.id, element.formKey]] : []));
    expect(descriptor.forms).toEqual(Object.fromEntries(drawn));
    const byPersons = elements.flatMap((element) => (element.elementType === 'startEvent' && element.formKey ? [element.formKey] : []));
    expect(byPersons).toEqual(descriptor.startForm === undefined ? [] : [descriptor.startForm]);
  });
});

/** Something happens at a time that was agreed on, such as that of an arrangement. */
const isFixedTime = (element: GraphElement): element is BoundaryEvent =>
  element.elementType === 'boundaryEvent' && element.event.kind === 'timer' && element.event.timer.kind === 'date';
