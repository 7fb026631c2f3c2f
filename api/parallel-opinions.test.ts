/** Several people who answer the same form side by side: each has a history of their own. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deploy } from '#engine/deploy.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { answers, text } from '#test/support/guarded-flow.ts';
import { aWorld, type World } from '#test/support/world.ts';

const [APPLICANT, FIRST, SECOND, CHAIR] = ['p-wu-tong', 'p-ren-jie', 'p-dong-liang', 'p-he-jing'] as const;

const withForm = (xml: string): string =>
  xml.replace('<bpmn:extensionElements>', '<bpmn:extensionElements><zeebe:formDefinition formKey="opinion" />');

/** One task for each of the two. */
const opinions = withForm(userTask('opinion'))
  .replace('"=&quot;p-wu-tong&quot;"', '"=expert"')
  .replace(
    '</bpmn:userTask>',
    `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[&quot;${FIRST}&quot;, &quot;${SECOND}&quot;]" inputElement="expert" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`,
  );
const chair = withForm(userTask('chair', { return: 'any' }).replace('p-wu-tong', CHAIR));

let world: World;
beforeAll(async () => {
  world = await aWorld();
  const deployed = await deploy(world.db, {
    descriptor: {
      key: 'opinions',
      name: { 'zh-CN': '意见' },
      description: { 'zh-CN': '意见' },
      icon: 'consult',
      numberPrefix: 'YJ',
      processId: 'p',
      startForm: 'opinion',
      titleFacts: [],
    },
    bpmn: { file: 'opinions.bpmn', xml: smallXml(startEvent + opinions + chair + endEvent(), 'start > opinion > chair > end') },
    dmn: [],
    forms: [
      {
        file: 'forms/opinion.json',
        key: 'opinion',
        json: { resourceType: 'Questionnaire', status: 'active', title: '意见', item: [{ linkId: 'words', type: 'string', text: '意见' }] },
      },
    ],
  });
  if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
});
afterAll(() => world.stop());

async function anInstance() {
  const { form } = await world.call(APPLICANT, 'serviceForm', { key: 'opinions' });
  const { instanceId: id } = await world.call(APPLICANT, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'opinions',
    formHash: form.hash,
    response: answers(text('words', '申请')),
  });
  const taskOf = async (personId: string): Promise<string> => {
    const { tasks } = await world.state(id);
    const found = Object.values(tasks).find(({ assignee }) => assignee === personId);
    if (!found) throw new Error(`${personId} has no task.`);
    return found.taskId;
  };
  const says = async (personId: string, words: string) =>
    world.call(personId, 'completeTask', {
      id,
      taskId: await taskOf(personId),
      commandId: randomUUID(),
      formHash: form.hash,
      response: answers(text('words', words)),
    });
  const begins = async (personId: string) => (await world.call(personId, 'task', { id, taskId: await taskOf(personId) })).response?.item;
  const submissions = async () => (await world.call(CHAIR, 'instance', { id })).submissions;
  const said = async () =>
    (await submissions()).map(({ series, isCurrent, response }) => [series, response.item?.[0]?.answer?.[0]?.valueString, isCurrent]);
  return { id, taskOf, says, begins, said };
}

it('opinions that are given side by side are no versions of each other, and each of them counts', async () => {
  const instance = await anInstance();
  await instance.says(SECOND, '第二位');
  await instance.says(FIRST, '第一位');
  expect(await instance.said()).toEqual([
    ['1', '申请', true],
    ['2', '第二位', true],
    ['3', '第一位', true],
  ]);
});

it('nobody begins with what somebody else has said beside them, but with what was said before', async () => {
  const instance = await anInstance();
  await instance.says(FIRST, '第一位');
  expect(await instance.begins(SECOND)).toMatchObject([text('words', '申请')]);
  await instance.says(SECOND, '第二位');
  expect(await instance.begins(CHAIR)).toMatchObject([text('words', '申请')]);
});

it('after a return everybody goes on from their own opinion, as the next version of it', async () => {
  const instance = await anInstance();
  await instance.says(FIRST, '第一位');
  await instance.says(SECOND, '第二位');
  await world.call(CHAIR, 'returnTask', {
    id: instance.id,
    taskId: await instance.taskOf(CHAIR),
    commandId: randomUUID(),
    toElementId: 'opinion',
    reason: '请补充',
  });
  expect(await instance.begins(FIRST)).toMatchObject([text('words', '第一位')]);
  expect(await instance.begins(SECOND)).toMatchObject([text('words', '第二位')]);
  await instance.says(SECOND, '第二位，补充');
  expect(await instance.said()).toEqual([
    ['1', '申请', true],
    ['2', '第一位', false],
    ['3', '第二位', false],
    ['3', '第二位，补充', true],
  ]);
});
