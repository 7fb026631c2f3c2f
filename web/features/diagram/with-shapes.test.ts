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
