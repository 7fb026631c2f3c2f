import { describe, expect, it } from 'vitest';
import type { Json } from '#core/json.ts';
import { graphOf, smallXml, userTask } from '#test/support/bpmn.ts';
import type { ProcessEvent } from './event.ts';
import { isWithin, lanesOf } from './lanes.ts';

const many = userTask('opinion').replace(
  '</bpmn:userTask>',
  '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1]" inputElement="each" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>',
);

const body = (key: number, items: readonly Json[]): ProcessEvent => ({
  type: 'element.activated',
  key,
  elementId: 'opinion',
  elementType: 'multiInstanceBody',
  scopeKey: 1,
  multiInstance: { items },
});
const instance = (key: number, scopeKey: number, loopIndex: number): ProcessEvent => ({
  type: 'element.activated',
  key,
  elementId: 'opinion',
  elementType: 'userTask',
  scopeKey,
  loopIndex,
});

async function lanes(...events: readonly ProcessEvent[]): Promise<readonly (string | undefined)[]> {
  const graph = await graphOf(smallXml(`<bpmn:startEvent id="start" />${many}<bpmn:endEvent id="end" />`, 'start > opinion > end'));
  const found = lanesOf([{ graph, events }]);
  return events.flatMap((event) => (event.type === 'element.activated' && event.loopIndex !== undefined ? [found.get(event.key)] : []));
}

describe('the lane of work that is done side by side', () => {
  it('is that of its item, whichever place the item has the next time', async () => {
    const [a, b, bAgain, aAgain] = await lanes(
      body(10, ['a', 'b']),
      instance(11, 10, 1),
      instance(12, 10, 2),
      body(20, ['b', 'a']),
      instance(21, 20, 1),
      instance(22, 20, 2),
    );
    expect([aAgain, bAgain]).toEqual([a, b]);
    expect(a).not.toBe(b);
  });

  it('is that of its place where an item comes twice', async () => {
    expect(new Set(await lanes(body(10, ['a', 'a']), instance(11, 10, 1), instance(12, 10, 2))).size).toBe(2);
  });

  it('lies within what stands around it, and in no other', async () => {
    const [a = '', b = ''] = await lanes(body(10, [1, 12]), instance(11, 10, 1), instance(12, 10, 2));
    expect([isWithin(a, ''), isWithin(a, a), isWithin(a, b), isWithin(b, a), isWithin('', a)]).toEqual([true, true, false, false, false]);
  });
});
