/** Value sets that come with a flow: in the form that is pinned, and so what the door checks by. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '#engine/deploy.ts';
import type { FlowSet } from '#engine/flow-set.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { aWorld, type World } from '#test/support/world.ts';

const FORM = {
  resourceType: 'Questionnaire',
  status: 'active',
  title: '过敏',
  item: [{ linkId: 'substance', type: 'choice', text: '物质', answerValueSet: 'http://x.org/substances|1' }],
};
const VALUE_SETS = [
  {
    file: 'value-sets/substances.json',
    json: {
      resourceType: 'ValueSet',
      url: 'http://x.org/substances',
      version: '1',
      status: 'active',
      compose: { include: [{ system: 's', filter: [{ property: 'concept', op: 'descendent-of', value: 'drug' }] }] },
    },
  },
  {
    file: 'value-sets/system.json',
    json: {
      resourceType: 'CodeSystem',
      url: 's',
      status: 'active',
      content: 'complete',
      concept: [{ code: 'drug', concept: [{ code: 'penicillin', display: '青霉素' }] }, { code: 'nut' }],
    },
  },
];
const SET: FlowSet = {
  descriptor: {
    key: 'allergy',
    name: { 'zh-CN': '过敏' },
    description: { 'zh-CN': '过敏' },
    icon: 'consult',
    numberPrefix: 'GM',
    processId: 'p',
    startForm: 'allergy',
    titleFacts: [],
  },
  bpmn: { file: 'allergy.bpmn', xml: smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end') },
  dmn: [],
  forms: [{ file: 'forms/allergy.json', key: 'allergy', json: FORM }],
  valueSets: VALUE_SETS,
};

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

async function apply(code: string) {
  const { form } = await world.call('p-wu-tong', 'serviceForm', { key: 'allergy' });
  const item = [{ linkId: 'substance', answer: [{ valueCoding: { system: 's', code } }] }];
  const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item };
  const caller = await world.signIn('p-wu-tong');
  return caller.post('/api/instances', { commandId: randomUUID(), serviceKey: 'allergy', formHash: form.hash, response });
}

describe('value sets beside the forms of a flow', () => {
  it('are deployed over the API, and the form that is pinned holds the list', async () => {
    const operator = await world.signIn('p-kang-ning');
    const { status, body } = await operator.post('/api/definitions', { ...SET, publish: true });
    expect([status, body.findings]).toEqual([200, []]);
    const { form } = await world.call('p-wu-tong', 'serviceForm', { key: 'allergy' });
    expect(form.questionnaire.contained).toMatchObject([
      { resourceType: 'ValueSet', compose: { include: [{ system: 's', concept: [{ code: 'penicillin', display: '青霉素' }] }] } },
    ]);
  });

  it('decide at the door what may be chosen', async () => {
    expect((await apply('penicillin')).status).toBe(200);
    const { status, body } = await apply('nut');
    expect([status, body.issues]).toMatchObject([422, [{ code: 'option-unknown', linkId: 'substance' }]]);
  });

  it('make another version of the flow when they change', async () => {
    const [first, second] = VALUE_SETS;
    const changed = { ...second, json: { ...second?.json, concept: [{ code: 'drug', concept: [{ code: 'aspirin' }] }] } };
    const operator = await world.signIn('p-kang-ning');
    const deployed = await operator.post('/api/definitions', { ...SET, valueSets: [first, changed], publish: true });
    expect(deployed.body).toMatchObject({ version: 2, isCurrent: true });
    expect((await apply('penicillin')).status).toBe(422);
  });

  it('refuse the set where one cannot be read or is there twice', async () => {
    const rulesOf = async (...valueSets: readonly { file: string; json: unknown }[]) => {
      const { findings } = await deploy(world.db, { ...SET, valueSets });
      return findings.filter(({ severity }) => severity === 'error').map(({ file, rule }) => `${file}: ${rule}`);
    };
    const [first] = VALUE_SETS;
    if (!first) throw new Error('There is no value set.');
    expect(await rulesOf({ file: 'value-sets/x.json', json: { resourceType: 'Patient' } })).toEqual([
      'value-sets/x.json: value-set-malformed',
    ]);
    expect(await rulesOf(first, { ...first, file: 'value-sets/again.json' })).toEqual(['value-sets/again.json: value-set-twice']);
  });
});
