/** A form that computes, through the door: what a browser sends for computed items does not count. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '#engine/deploy.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { aWorld, type World } from '#test/support/world.ts';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const fhirpath = (expression: string) => ({ language: 'text/fhirpath', expression });
const answer = (linkId: string): string => `%resource.item.where(linkId='${linkId}').answer.value`;
const FORM = {
  resourceType: 'Questionnaire',
  status: 'active',
  title: '体格',
  extension: [{ url: `${SDC}launchContext`, extension: [{ url: 'name', valueCoding: { code: 'user' } }] }],
  item: [
    {
      linkId: 'by',
      type: 'string',
      text: '填写人',
      extension: [{ url: `${SDC}initialExpression`, valueExpression: fhirpath('%user.name.text') }],
    },
    {
      linkId: 'weight',
      type: 'decimal',
      text: '体重',
      required: true,
      code: [{ system: 'http://loinc.org', code: '29463-7' }],
      extension: [{ url: `${SDC}observationExtract`, valueBoolean: true }],
    },
    {
      linkId: 'heavy',
      type: 'boolean',
      text: '超重',
      readOnly: true,
      extension: [
        { url: `${SDC}calculatedExpression`, valueExpression: fhirpath(`${answer('weight')} > 80`) },
        { url: 'https://bihuan.dev/fhir/StructureDefinition/fact', valueString: 'heavy' },
      ],
    },
    {
      linkId: 'why',
      type: 'string',
      text: '原因',
      required: true,
      extension: [{ url: `${SDC}enableWhenExpression`, valueExpression: fhirpath(`${answer('heavy')}`) }],
    },
    {
      linkId: 'goal',
      type: 'decimal',
      text: '目标',
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/targetConstraint',
          extension: [
            { url: 'key', valueCode: 'below' },
            { url: 'severity', valueCode: 'error' },
            { url: 'expression', valueExpression: fhirpath(`${answer('goal')} <= ${answer('weight')}`) },
            { url: 'human', valueString: '目标不能高于现在的体重' },
          ],
        },
      ],
    },
  ],
};

let world: World;
beforeAll(async () => {
  world = await aWorld();
  const deployed = await deploy(world.db, {
    descriptor: {
      key: 'body',
      name: { 'zh-CN': '体格' },
      description: { 'zh-CN': '体格' },
      icon: 'consult',
      numberPrefix: 'TG',
      processId: 'p',
      startForm: 'body',
      titleFacts: [],
    },
    bpmn: { file: 'body.bpmn', xml: smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end') },
    dmn: [],
    forms: [{ file: 'forms/body.json', key: 'body', json: FORM }],
  });
  if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
});
afterAll(() => world.stop());

async function sent(...item: readonly object[]) {
  const { form } = await world.call('p-wu-tong', 'serviceForm', { key: 'body' });
  const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item };
  return (await world.signIn('p-wu-tong')).post('/api/instances', {
    commandId: randomUUID(),
    serviceKey: 'body',
    formHash: form.hash,
    response,
  });
}
const number = (linkId: string, valueDecimal: number) => ({ linkId, answer: [{ valueDecimal }] });

describe('a form that computes', () => {
  it('begins with what its expressions give', async () => {
    const { prefill } = await world.call('p-wu-tong', 'serviceForm', { key: 'body' });
    expect(prefill.item).toEqual([{ linkId: 'by', answer: [{ valueString: '吴桐' }] }]);
  });

  it('is computed again at the door, and its facts are what was computed there', async () => {
    const { body } = await sent(number('weight', 70), { linkId: 'heavy', answer: [{ valueBoolean: true }] });
    const state = await world.state(body.instanceId);
    expect(state.elements[1]?.variables.heavy).toBe(false);
    const { submissions } = await world.call('p-wu-tong', 'instance', { id: body.instanceId });
    expect(submissions[0]?.response.item).toMatchObject([{ linkId: 'weight' }, { linkId: 'heavy', answer: [{ valueBoolean: false }] }]);
  });

  it('gives the observations that its answers are to whoever may see them, and to nobody else', async () => {
    const { body } = await sent(number('weight', 70));
    const bundle = await world.call('p-wu-tong', 'observations', { id: body.instanceId });
    expect(bundle.entry.map(({ resource }) => resource)).toMatchObject([
      {
        code: { coding: [{ code: '29463-7' }] },
        valueQuantity: { value: 70 },
        performer: [{ reference: 'Practitioner/p-wu-tong' }],
        derivedFrom: [{ reference: expect.stringMatching(/^QuestionnaireResponse\//) }],
      },
    ]);
    await expect(world.call('p-zhao-heng', 'observations', { id: body.instanceId })).rejects.toThrow('not-found');
  });

  it('asks for what its expressions enable, whatever the browser thought', async () => {
    const { status, body } = await sent(number('weight', 90), { linkId: 'heavy', answer: [{ valueBoolean: false }] });
    expect([status, body.code]).toEqual([422, 'form-invalid']);
    expect(body.issues).toMatchObject([
      { code: 'computed-otherwise', linkId: 'heavy', severity: 'warning' },
      { code: 'required', linkId: 'why' },
    ]);
  });

  it('refuses what breaks a constraint, in the words of the form', async () => {
    const { body } = await sent(number('weight', 70), number('goal', 75));
    expect(body.issues).toMatchObject([{ code: 'constraint', linkId: 'goal', text: { 'zh-CN': '目标不能高于现在的体重' } }]);
  });
});
