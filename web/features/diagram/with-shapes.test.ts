import { describe, expect, it } from 'vitest';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { withShapes } from './with-shapes.ts';

const XML = smallXml(`${startEvent}${userTask('ask', { 'bihuan:name.en': 'Ask' })}${endEvent()}`, 'start > ask > end');

describe('a diagram without shapes', () => {
  it('gets one for every element and flow, also where nodes do not name their flows', async () => {
    const laidOut = await withShapes(XML);
    const drawn = [...laidOut.matchAll(/bpmnElement="([^"]+)"/g)].map(([, id]) => id);
    expect(drawn).toEqual(expect.arrayContaining(['start', 'ask', 'end', 'start--ask', 'ask--end']));
  });

  it('keeps what it says beside', async () => {
    expect(await withShapes(XML)).toContain('bihuan:name.en');
  });
});

it('leaves a diagram with shapes as it was drawn', async () => {
  const laidOut = await withShapes(XML);
  expect(await withShapes(laidOut)).toBe(laidOut);
});

it('keeps several events at one activity apart, each with its flow', async () => {
  const events = ['first', 'second', 'third'];
  const laidOut = await withShapes(
    smallXml(
      [
        startEvent,
        userTask('ask'),
        endEvent(),
        ...events.map((id) => `<bpmn:boundaryEvent id="${id}" attachedToRef="ask"><bpmn:signalEventDefinition /></bpmn:boundaryEvent>`),
      ].join(''),
      'start > ask > end',
      ...events.map((id) => `${id} > end`),
    ),
  );
  const left = (id: string): number => Number(new RegExp(`bpmnElement="${id}"[^]*?<dc:Bounds x="([\\d.]+)"`).exec(laidOut)?.[1]);
  const places = events.map(left).sort((a, b) => a - b);
  for (const [index, place] of places.entries()) if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThan(36);
  for (const id of events) {
    const begins = new RegExp(`bpmnElement="${id}--end"[^]*?<di:waypoint x="([\\d.]+)"`).exec(laidOut)?.[1];
    expect(Number(begins)).toBe(left(id) + 18);
  }
});
