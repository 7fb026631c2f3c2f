import { describe, expect, it } from 'vitest';
import { diagramXml, smallProcess, userTask } from '#test/support/bpmn.ts';
import { compileBpmn } from '../compile.ts';

const start = (id: string): string => `<bpmn:startEvent id="${id}" />`;
const end = (id: string): string => `<bpmn:endEvent id="${id}" />`;
const flow = (...ids: readonly string[]): string =>
  ids
    .slice(1)
    .map((target, index) => `<bpmn:sequenceFlow id="${ids[index]}--${target}" sourceRef="${ids[index]}" targetRef="${target}" />`)
    .join('');

async function rulesOf(elements: string, ...flows: readonly string[]): Promise<readonly string[]> {
  const { findings } = await compileBpmn({ key: 'small', xml: diagramXml(smallProcess('p', elements, ...flows)) });
  return findings.filter(({ rule }) => rule === 'closed-loop' || rule === 'dispatch-after-review').map(({ rule }) => rule);
}

const EVALUATED =
  userTask('do', { phase: 'execute' }) +
  userTask('ours', { phase: 'evaluate', side: 'executor' }) +
  userTask('theirs', { phase: 'evaluate', side: 'applicant' }) +
  userTask('control', { phase: 'quality', notSameAs: 'do' });
const CLOSED =
  '<bpmn:endEvent id="end"><bpmn:extensionElements><zeebe:properties><zeebe:property name="bihuan:result" value="closed" /></zeebe:properties></bpmn:extensionElements></bpmn:endEvent>';

describe('the closed-loop rule', () => {
  it('does not take what compensates for the end of its scope', async () => {
    const prepare =
      `${userTask('prepare')}<bpmn:boundaryEvent id="undo" attachedToRef="prepare"><bpmn:compensateEventDefinition /></bpmn:boundaryEvent>` +
      userTask('put-back').replace('<bpmn:userTask ', '<bpmn:userTask isForCompensation="true" ') +
      '<bpmn:association id="undone" associationDirection="One" sourceRef="undo" targetRef="put-back" />';
    const whole = `<bpmn:subProcess id="whole">${start('inner')}${prepare}${EVALUATED}${end('inner-end')}${flow('inner', 'prepare', 'do', 'ours', 'theirs', 'control', 'inner-end')}</bpmn:subProcess>`;
    expect(await rulesOf(start('start') + whole + CLOSED, 'start > whole > end')).toEqual([]);
  });
});

describe('the rule that nothing is dispatched unreviewed', () => {
  const order = (inside: string): string => `<bpmn:subProcess id="order">${start('inner')}${inside}${end('inner-end')}</bpmn:subProcess>`;
  const rest = userTask('send', { phase: 'dispatch' }) + end('end');

  it('takes a review inside a sub-process for one', async () => {
    const reviewed = userTask('review', { phase: 'review' }) + flow('inner', 'review', 'inner-end');
    expect(await rulesOf(start('start') + order(reviewed) + rest, 'start > order > send > end')).toEqual([]);
  });

  it('finds a sub-process that can end without one', async () => {
    const unreviewed = userTask('note', { phase: 'apply' }) + flow('inner', 'note', 'inner-end');
    expect(await rulesOf(start('start') + order(unreviewed) + rest, 'start > order > send > end')).toEqual(['dispatch-after-review']);
  });

  it('finds the way round a review inside a sub-process', async () => {
    const either =
      `${userTask('review', { phase: 'review' })}<bpmn:exclusiveGateway id="choose" default="choose--inner-end" />` +
      `<bpmn:sequenceFlow id="choose--review" sourceRef="choose" targetRef="review"><bpmn:conditionExpression>=isNew = true</bpmn:conditionExpression></bpmn:sequenceFlow>` +
      flow('inner', 'choose', 'inner-end') +
      flow('review', 'inner-end');
    expect(await rulesOf(start('start') + order(either) + rest, 'start > order > send > end')).toEqual(['dispatch-after-review']);
  });
});

describe('a call activity', () => {
  const calling = `${start('start')}<bpmn:callActivity id="call" calledElement="elsewhere" />${end('end')}`;
  const xml = diagramXml(smallProcess('p', calling, 'start > call > end'));

  it('is told of where the process is in no file', async () => {
    const { findings } = await compileBpmn({ key: 'small', xml });
    expect(findings.map(({ rule }) => rule)).toEqual(['called-process']);
  });

  it('may call what is published with it', async () => {
    expect((await compileBpmn({ key: 'small', xml, published: ['elsewhere'] })).findings).toEqual([]);
  });
});
