/** What a process designer deploys, and what those see who work with it. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';

const browser = browserOfFile();

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const FHIR = 'http://hl7.org/fhir/StructureDefinition/';
const answer = (linkId: string): string => `%resource.item.where(linkId='${linkId}').answer.value`;
const english = (content: string) => ({
  extension: [
    {
      url: `${FHIR}translation`,
      extension: [
        { url: 'lang', valueCode: 'en' },
        { url: 'content', valueString: content },
      ],
    },
  ],
});
const computed = (kind: string, expression: string) => ({
  extension: [{ url: `${SDC}${kind}`, valueExpression: { language: 'text/fhirpath', expression } }],
});
const FORM = {
  resourceType: 'Questionnaire',
  status: 'active',
  title: '体格测评',
  _title: english('Body check'),
  item: [
    { linkId: 'weight', type: 'decimal', text: '体重', _text: english('Weight'), required: true },
    { linkId: 'height', type: 'decimal', text: '身高（米）', _text: english('Height in metres'), required: true },
    {
      linkId: 'bmi',
      type: 'decimal',
      text: '体质指数',
      _text: english('BMI'),
      readOnly: true,
      ...computed('calculatedExpression', `(${answer('weight')} / (${answer('height')} * ${answer('height')})).round(1)`),
    },
    {
      linkId: 'goal',
      type: 'decimal',
      text: '目标体重',
      _text: english('Target weight'),
      ...computed('calculatedExpression', `(22 * ${answer('height')} * ${answer('height')}).round(0)`),
    },
    {
      linkId: 'why',
      type: 'string',
      text: '超重原因',
      _text: english('Why overweight'),
      required: true,
      ...computed('enableWhenExpression', `${answer('bmi')} >= 25`),
    },
    {
      linkId: 'said',
      type: 'display',
      text: '-',
      _text: {
        extension: [
          {
            url: `${FHIR}cqf-expression`,
            valueExpression: { language: 'text/fhirpath', expression: `'BMI = ' + ${answer('bmi')}.toString()` },
          },
        ],
      },
    },
  ],
};

async function deploy(designer: Page, key: string, xml: string, publish: boolean): Promise<number> {
  const name = { 'zh-CN': '体格测评', en: 'Body check' };
  const answered = await designer.request.post('/api/definitions', {
    data: {
      descriptor: { key, name, description: name, icon: 'consult', numberPrefix: 'TG', processId: 'p', startForm: 'body', titleFacts: [] },
      bpmn: { file: 'body.bpmn', xml },
      dmn: [],
      forms: [{ file: 'forms/body.json', key: 'body', json: FORM }],
      publish,
    },
  });
  expect(answered.ok(), await answered.text()).toBe(true);
  return (await answered.json()).version;
}

describe('a process designer', () => {
  it('sees how an instance comes to what the proof found, step by step on the diagram, and by itself', async () => {
    const designer = await browser.signedIn('p-mo-yan');
    const late = `<bpmn:boundaryEvent id="late" attachedToRef="b"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
    const gateways = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>';
    const stuck = smallXml(
      startEvent + gateways + userTask('a') + userTask('b') + late + endEvent(),
      'start > fork > a > join > end',
      'fork > b > join',
      'late > end',
    );
    const version = await deploy(designer, 'stuck', stuck, false);
    await goTo(designer, `/definitions/stuck/${version}`);
    await designer.getByRole('button', { name: '查看路径' }).click();
    await designer.getByText('第 1 步，共 3 步').waitFor();
    await designer.locator('[data-element-id="b"].bh-active').waitFor();
    await designer.keyboard.press('End');
    await designer.getByText('第 3 步，共 3 步').waitFor();
    await designer.locator('[data-element-id="join"].bh-incident').waitFor();
    await designer.getByRole('button', { name: '播放' }).click();
    await designer.getByText('第 2 步，共 3 步').waitFor();
    await designer.getByText('第 3 步，共 3 步').waitFor();
    await designer.getByRole('button', { name: '关闭' }).click();
    await designer.getByRole('region', { name: '流程图' }).waitFor();
    await designer.context().close();
  });
});

describe('a form that computes', () => {
  it('shows values, questions and words as they follow from the answers, and leaves a person’s own', async () => {
    const designer = await browser.signedIn('p-mo-yan');
    await deploy(designer, 'body', smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end'), true);
    await designer.context().close();

    const applicant = await browser.signedIn('p-wu-tong', { viewport: PHONE });
    await goTo(applicant, '/apply/body');
    // A required field has a star behind its label.
    const field = (label: string) => applicant.getByRole('main').getByLabel(new RegExp(`^${label}`));
    await field('体重').fill('90');
    await field('身高').fill('1.75');
    await applicant.getByText('BMI = 29.4').waitFor();
    await applicant.getByText('29.4', { exact: true }).waitFor();
    await field('超重原因').waitFor();
    await expect.poll(() => field('目标体重').inputValue()).toBe('67');

    await field('目标体重').fill('80');
    await field('身高').fill('2');
    await applicant.getByText('BMI = 22.5').waitFor();
    await expect.poll(() => field('目标体重').inputValue()).toBe('80');
    await field('超重原因').waitFor({ state: 'detached' });
    await applicant.getByRole('button', { name: '改用自动计算的值' }).click();
    await applicant.getByRole('button', { name: '改用自动计算的值' }).waitFor({ state: 'detached' });
    await expect.poll(() => field('目标体重').inputValue()).toBe('88');

    await applicant.getByRole('button', { name: '提交申请' }).click();
    await applicant.getByRole('heading', { name: '申请已提交' }).waitFor();
    await applicant.context().close();
  });
});
