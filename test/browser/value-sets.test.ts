/** Lists that are on a terminology server, as whoever fills in a form finds them. The server's answers are given in its place. */
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { browserOfFile, goTo } from '#test/support/browser.ts';

const browser = browserOfFile();

const item = (linkId: string, type: string, text: string) => ({ linkId, type, text, answerValueSet: 'http://x.org/diagnoses' });
const FORM = {
  resourceType: 'Questionnaire',
  status: 'active',
  title: '诊断',
  item: [item('one', 'choice', '主要诊断'), { ...item('more', 'choice', '其他诊断'), repeats: true }, item('open', 'open-choice', '过敏')],
};
const DIAGNOSES = Array.from({ length: 30 }, (_, index) => ({ system: 's', code: `D${index}`, display: `诊断 ${index}` }));

async function deploy(): Promise<void> {
  const designer = await browser.signedIn('p-mo-yan');
  const name = { 'zh-CN': '诊断' };
  const answered = await designer.request.post('/api/definitions', {
    data: {
      descriptor: {
        key: 'lists',
        name,
        description: name,
        icon: 'consult',
        numberPrefix: 'LB',
        processId: 'p',
        startForm: 'lists',
        titleFacts: [],
      },
      bpmn: { file: 'lists.bpmn', xml: smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end') },
      dmn: [],
      forms: [{ file: 'forms/lists.json', key: 'lists', json: FORM }],
      publish: true,
    },
  });
  expect(answered.ok(), await answered.text()).toBe(true);
  await designer.context().close();
}

/** `isAway` is asked at each request. */
async function answerLists(page: Page, isAway: () => boolean): Promise<string[]> {
  const asked: string[] = [];
  await page.route('**/api/value-sets/expand*', async (route: Route) => {
    const filter = new URL(route.request().url()).searchParams.get('filter') ?? '';
    asked.push(filter);
    if (isAway()) return route.fulfill({ status: 503, json: { code: 'terminology-away' } });
    const found = DIAGNOSES.filter(({ display }) => display.includes(filter));
    return route.fulfill({ json: { codings: found.slice(0, 20), isComplete: found.length <= 20 } });
  });
  return asked;
}

describe('a list on a terminology server', () => {
  it('is searched while one types, chosen from by keyboard, and tried again when it could not be had', async () => {
    await deploy();
    const page = await browser.signedIn('p-wu-tong');
    let isAway = false;
    const asked = await answerLists(page, () => isAway);
    await goTo(page, '/apply/lists');
    const box = (name: string) => page.getByRole('main').getByRole('combobox', { name });
    const list = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');

    await box('主要诊断').click();
    await list.getByText('还有更多').waitFor();
    await box('主要诊断').pressSequentially('诊断 27', { delay: 20 });
    await list.getByText('D27', { exact: true }).waitFor();
    // One question for each pause, and not for each letter.
    expect(asked).toEqual(['', '诊断 27']);
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByTitle('诊断 27', { exact: true }).waitFor();

    isAway = true;
    await box('其他诊断').click();
    await list.getByText('查找失败').waitFor();
    isAway = false;
    await page.keyboard.press('Enter');
    await list.getByText('D3', { exact: true }).waitFor();
    await list.getByText('D3', { exact: true }).click();
    await box('其他诊断').fill('诊断 29');
    await list.getByText('D29', { exact: true }).click();
    await page.getByRole('main').getByTitle('诊断 3', { exact: true }).waitFor();
    await box('其他诊断').blur();

    await box('过敏').fill('别的东西');
    await box('过敏').blur();
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByRole('heading', { name: '申请已提交' }).waitFor();
    await page.getByRole('link', { name: /查看/ }).first().click();
    await page.getByRole('tab', { name: /表单/ }).click();
    await page.getByText('（未与其列表核对）').first().waitFor();
    await page.context().close();
  });
});
