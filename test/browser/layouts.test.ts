/** A form in pages with tabs, matrices, a grid and every kind of remark: by mouse, by keyboard, with a thumb. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { LAYOUTS_FORM } from '#core/form/sample-layouts.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { watch } from '#test/support/browser-watch.ts';

const browser = browserOfFile();

beforeAll(async () => {
  const designer = await browser.signedIn('p-mo-yan');
  const name = { 'zh-CN': '跌倒评估', en: 'Fall assessment' };
  const answered = await designer.request.post('/api/definitions', {
    data: {
      descriptor: {
        key: 'falls',
        name,
        description: name,
        icon: 'consult',
        numberPrefix: 'DD',
        processId: 'p',
        startForm: 'falls',
        titleFacts: [],
      },
      bpmn: { file: 'falls.bpmn', xml: smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end') },
      dmn: [],
      forms: [{ file: 'forms/falls.json', key: 'falls', json: LAYOUTS_FORM }],
      publish: true,
    },
  });
  expect(answered.ok(), await answered.text()).toBe(true);
  await designer.context().close();
});

const main = (page: Page): Locator => page.getByRole('main');
/** A required field has a star behind its label. */
const field = (page: Page, label: string): Locator => main(page).getByLabel(new RegExp(`^${label}`));
const line = (page: Page, question: string): Locator => main(page).getByRole('radiogroup', { name: new RegExp(`^${question}`) });
const turn = (page: Page, name: '上一页' | '下一页'): Promise<void> =>
  main(page)
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
const submit = (page: Page): Promise<void> => page.getByRole('button', { name: '提交申请' }).click();
const sent = (page: Page): Promise<void> => page.getByRole('heading', { name: '申请已提交' }).waitFor();
const onPage = (page: Page, number: number): Promise<void> =>
  main(page)
    .getByRole('group', { name: `第 ${number} 页，共 3 页` })
    .waitFor();

async function faultsHere(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('a form with every layout', () => {
  it('is filled in by mouse, page by page, and what is missing is found wherever it hides', async () => {
    const applicant = await browser.signedIn('p-wu-tong');
    const watching = await watch(applicant);
    await goTo(applicant, '/apply/falls');
    await onPage(applicant, 1);
    expect(await applicant.evaluate(() => 'hacked' in window)).toBe(false);
    await main(applicant).getByRole('link', { name: '评估指南' }).waitFor();

    await main(applicant).getByRole('button', { name: '帮助：近三个月跌倒次数' }).click();
    await main(applicant).getByText('包括未受伤的跌倒。').waitFor();
    await main(applicant).getByRole('button', { name: '说明：近三个月跌倒次数' }).hover();
    await applicant.getByRole('tooltip').getByText('不含被他人撞倒。').waitFor();
    await field(applicant, '近三个月跌倒次数').fill('2');
    await field(applicant, '首次跌倒时间').fill('2025年6月');
    await field(applicant, '首次跌倒时间').blur();
    await expect.poll(() => field(applicant, '首次跌倒时间').inputValue()).toBe('2025-06');
    await expect.poll(() => field(applicant, '使用时间').isDisabled()).toBe(true);
    await main(applicant).getByText('B. 手杖').click();
    await field(applicant, '使用时间').fill('两年');
    await main(applicant).getByText('极其担心').waitFor();
    await applicant.getByRole('tooltip').waitFor({ state: 'hidden' });
    expect(await faultsHere(applicant)).toEqual([]);

    await turn(applicant, '下一页');
    await onPage(applicant, 2);
    for (const question of ['做事时提不起劲', '感到心情低落']) await line(applicant, question).getByRole('radio', { name: '几天' }).check();
    expect(await faultsHere(applicant)).toEqual([]);
    await turn(applicant, '下一页');
    await onPage(applicant, 3);
    for (const side of ['左侧', '右侧']) {
      await main(applicant).getByRole('row', { name: side }).getByLabel(/^肌力/).fill('4');
    }
    await main(applicant).getByRole('row', { name: '左侧' }).getByRole('checkbox', { name: '疼痛' }).check();
    expect(await faultsHere(applicant)).toEqual([]);
    await turn(applicant, '上一页');
    await turn(applicant, '上一页');
    await onPage(applicant, 1);

    // The first fault is on the second page, the next in a tab of the third that was never opened.
    await submit(applicant);
    await onPage(applicant, 2);
    const sleep = line(applicant, '入睡困难');
    await expect.poll(() => sleep.evaluate((group) => group.contains(document.activeElement))).toBe(true);
    await sleep.getByRole('radio', { name: '从不' }).check();
    await main(applicant)
      .getByRole('button', { name: /视力 · 是否戴眼镜/ })
      .click();
    await onPage(applicant, 3);
    await main(applicant).getByRole('tab', { name: '视力', selected: true }).waitFor();
    await main(applicant).getByRole('img', { name: '视力表' }).waitFor();
    await line(applicant, '是否戴眼镜').getByText('是', { exact: true }).click();
    await submit(applicant);
    await sent(applicant);
    expect(watching.takeProblems()).toEqual([]);
    await applicant.context().close();
  });

  it('is filled in with the keyboard alone', async () => {
    const applicant = await browser.signedIn('p-wu-tong');
    await goTo(applicant, '/apply/falls');
    const { keyboard } = applicant;
    await field(applicant, '近三个月跌倒次数').focus();
    await keyboard.type('1');
    const next = main(applicant).getByRole('button', { name: /^下一页/ });
    await next.focus();
    await keyboard.press('Enter');
    await onPage(applicant, 2);
    for (const question of ['做事时提不起劲', '感到心情低落', '入睡困难']) {
      await line(applicant, question).getByRole('radio').first().focus();
      await keyboard.press('Space');
      await keyboard.press('ArrowRight');
      await expect.poll(() => line(applicant, question).getByRole('radio', { name: '几天' }).isChecked()).toBe(true);
    }
    await next.focus();
    await keyboard.press('Enter');
    await onPage(applicant, 3);
    await main(applicant).getByRole('tab', { name: '下肢' }).focus();
    await keyboard.press('End');
    await main(applicant).getByRole('tab', { name: '听力', selected: true }).waitFor();
    await keyboard.press('ArrowLeft');
    await main(applicant).getByRole('tab', { name: '视力', selected: true }).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await expect.poll(() => line(applicant, '是否戴眼镜').getByRole('radio', { name: '是' }).isChecked()).toBe(true);
    await main(applicant).getByRole('tab', { name: '视力' }).focus();
    await keyboard.press('Home');
    for (const side of ['左侧', '右侧']) {
      await main(applicant).getByRole('row', { name: side }).getByLabel(/^肌力/).focus();
      await keyboard.type('5');
    }
    await applicant.getByRole('button', { name: '提交申请' }).focus();
    await keyboard.press('Enter');
    await sent(applicant);
    await applicant.context().close();
  });

  it('is filled in on a phone, where lines and rows are blocks and nothing moves sideways', async () => {
    const applicant = await browser.signedIn('p-wu-tong', { viewport: PHONE });
    await goTo(applicant, '/apply/falls');
    await field(applicant, '近三个月跌倒次数').fill('3');
    await line(applicant, '对跌倒的担心').getByText('10', { exact: true }).tap();
    const numbers = await line(applicant, '对跌倒的担心')
      .locator('label')
      .evaluateAll((labels) => labels.map((label) => label.clientWidth));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(24);
    expect(await sidewaysPx(applicant)).toBe(0);
    expect(await faultsHere(applicant)).toEqual([]);
    await turn(applicant, '下一页');
    await onPage(applicant, 2);
    for (const question of ['做事时提不起劲', '感到心情低落', '入睡困难']) {
      // The words of each option are seen here, and can be pressed.
      await line(applicant, question).getByText('一半以上').tap();
    }
    expect(await sidewaysPx(applicant)).toBe(0);
    expect(await faultsHere(applicant)).toEqual([]);
    await turn(applicant, '下一页');
    await onPage(applicant, 3);
    for (const force of await main(applicant).getByLabel(/^肌力/).all()) await force.fill('3');
    expect(await sidewaysPx(applicant)).toBe(0);
    expect(await faultsHere(applicant)).toEqual([]);
    await main(applicant).getByRole('tab', { name: '视力' }).tap();
    await line(applicant, '是否戴眼镜').getByText('否', { exact: true }).tap();
    await submit(applicant);
    await sent(applicant);
    await applicant.context().close();
  });

  it('opens again at the page where the draft was left, with what was written', async () => {
    const applicant = await browser.signedIn('p-cui-bin');
    await goTo(applicant, '/apply/falls');
    await field(applicant, '首次跌倒时间').fill('2024');
    await turn(applicant, '下一页');
    await applicant.waitForURL(/draft=/);
    await turn(applicant, '下一页');
    await onPage(applicant, 3);
    await applicant.reload();
    await onPage(applicant, 3);
    await turn(applicant, '上一页');
    await turn(applicant, '上一页');
    await expect.poll(() => field(applicant, '首次跌倒时间').inputValue()).toBe('2024');
    await applicant.context().close();
  });
});
