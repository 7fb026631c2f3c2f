/** Who has to report, and what is asked: the management team at its desk, and on the phone. */
import AxeBuilder from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { localDateOf } from '#core/calendar/zone.ts';
import { dayAfter, periodOn } from '#core/quality/period.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';

const browser = browserOfFile();
const [MANAGER, CENTRE] = ['p-he-jing', 'p-tang-min'] as const;
const RUNNING = periodOn('month', localDateOf(Date.now(), 'Asia/Shanghai'));
const NEXT = periodOn('month', dayAfter(RUNNING.to));
const HOSPITAL = '鹿原县人民医院';

const SET = '/quality/sets/core-regime';

describe('a manager at the desk', () => {
  it('finds a hospital from the board, exempts it with a reason, withdraws that, ends its obligation and obliges it anew', async () => {
    const page = await browser.signedIn(MANAGER);
    await goTo(page, '/quality');
    await page.getByRole('region', { name: '医疗质量核心指标' }).getByRole('link', { name: '上报义务与豁免' }).click();
    await page.getByRole('heading', { level: 1, name: /医疗质量核心指标/ }).waitFor();
    await page.getByLabel('医院名称').fill('鹿原');
    await page.getByLabel('医院名称').press('Enter');
    const row = page.getByRole('table', { name: '各院上报义务' }).getByRole('row').filter({ hasText: HOSPITAL });
    await row.getByText('应报', { exact: true }).waitFor();
    await page.waitForURL(/q=/);

    await row.getByRole('button', { name: '豁免', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '豁免' }).click();
    await dialog.getByText('请写明原因。').waitFor();
    await dialog.getByLabel('豁免原因').fill('新院区搬迁');
    await dialog.getByLabel('最后一天（可留空）').fill(NEXT.to);
    await dialog.getByRole('button', { name: '豁免' }).click();
    await row.getByText('新院区搬迁').waitFor();
    await row.getByText(`${NEXT.from} 至 ${NEXT.to}`).waitFor();

    await row.getByRole('button', { name: `撤回 ${HOSPITAL} 的豁免` }).click();
    await dialog.getByLabel('撤回原因').fill('不搬了');
    await dialog.getByRole('button', { name: '撤回' }).click();
    await row.getByText('新院区搬迁').waitFor({ state: 'detached' });

    await row.getByRole('button', { name: '结束义务' }).click();
    await dialog.getByLabel('结束原因').fill('医院合并');
    await dialog.getByLabel('最后一天').fill('2020-01-31');
    await dialog.getByRole('button', { name: '结束义务' }).click();
    await page.getByText('这会改变已结束的周期；请选当前周期或以后的日期。').waitFor();
    // What was written is still there.
    await expect.poll(() => dialog.getByLabel('结束原因').inputValue()).toBe('医院合并');
    await dialog.getByLabel('最后一天').fill(RUNNING.to);
    await dialog.getByRole('button', { name: '结束义务' }).click();
    await row.getByText('医院合并').waitFor();

    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: '为所选 1 家设定义务' }).click();
    await dialog.getByLabel('起始日期').fill(NEXT.from);
    await dialog.getByRole('button', { name: '设定义务' }).click();
    await page.getByText('已为 1 家设定义务').waitFor();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: '按名单设定义务' }).click();
    await dialog.getByLabel('医院名单（每行一家，名称或代码）').fill(`${HOSPITAL}\n没有这家医院`);
    await dialog.getByRole('button', { name: '设定义务' }).click();
    await dialog.getByRole('alert').getByText('没有这家医院').waitFor();
    await dialog.getByLabel('医院名单（每行一家，名称或代码）').fill(HOSPITAL);
    await dialog.getByRole('button', { name: '设定义务' }).click();
    await dialog.getByText('该院在这段时间已有上报义务。').waitFor();
    await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();

    await page.getByRole('tab', { name: '变更记录' }).click();
    const history = page.getByRole('table', { name: '变更记录' });
    await history.getByRole('row').nth(1).getByText('设定义务').waitFor();
    await history.getByRole('row').filter({ hasText: '医院合并' }).getByText(HOSPITAL).waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => impact === 'critical')).toEqual([]);
    await page.context().close();
  });

  it('drafts the next version, is told what is missing without losing a word, and a colleague publishes it', async () => {
    const writer = await browser.signedIn(MANAGER);
    await goTo(writer, `${SET}?tab=versions`);
    const indicators = writer.getByRole('table', { name: /第 \d+ 版的指标/ });
    await indicators.getByText('脓毒性休克 1 小时集束化治疗完成率').waitFor();
    await writer.getByRole('table', { name: '医院本地口径' }).getByText('20 分钟内到位的急会诊次数').waitFor();
    await writer.getByRole('button', { name: '起草下一版' }).click();
    const [version = ''] = /第 \d+ 版/.exec((await writer.getByRole('heading', { name: /^第 \d+ 版草稿$/ }).textContent()) ?? '') ?? [];

    await writer.getByRole('button', { name: '新增指标' }).click();
    const dialog = writer.getByRole('dialog');
    await dialog.getByLabel('代码').fill('hand-hygiene');
    await dialog.getByRole('group', { name: '名称' }).getByLabel('中文').fill('手卫生依从率');
    await dialog.getByRole('group', { name: '名称' }).getByLabel('英文').fill('Hand hygiene');
    await dialog.getByRole('group', { name: '分子' }).getByLabel('中文').fill('手卫生执行次数');
    await dialog.getByRole('group', { name: '分子' }).getByLabel('英文').fill('Times done');
    await dialog.getByRole('group', { name: '分母' }).getByLabel('中文').fill('应执行手卫生次数');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/hand-hygiene · 分母 · 英文：必填/)
      .waitFor();
    await expect.poll(() => dialog.getByRole('group', { name: '名称' }).getByLabel('中文').inputValue()).toBe('手卫生依从率');
    await dialog.getByRole('group', { name: '分母' }).getByLabel('英文').fill('Times it was due');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'detached' });
    const difference = writer.getByRole('table', { name: '与上一版的差异' });
    await difference.getByRole('row').filter({ hasText: '手卫生依从率' }).first().getByText('新增').waitFor();
    await writer.getByText('您参与了编写，须由另一人发布。').waitFor();
    await expect.poll(() => writer.getByRole('button', { name: '发布' }).isDisabled()).toBe(true);
    expect((await new AxeBuilder({ page: writer }).analyze()).violations.filter(({ impact }) => impact === 'critical')).toEqual([]);

    const checker = await browser.signedIn(CENTRE);
    await goTo(checker, `${SET}?tab=versions`);
    await checker.getByRole('table', { name: '与上一版的差异' }).getByText('手卫生执行次数').waitFor();
    await checker.getByRole('button', { name: '发布' }).click();
    await checker.getByText(`从 ${NEXT.code} 周期起按这一版填报与校验；此前的周期不变。`).waitFor();
    await checker.getByRole('tooltip').getByRole('button', { name: '发布' }).click();
    const published = checker.getByRole('table', { name: '指标集的版本' }).getByRole('row').filter({ hasText: version });
    await published.getByText('待生效').waitFor();
    await published.getByText('何静').waitFor();
    await Promise.all([writer.context().close(), checker.context().close()]);
  });
});

describe('on the phone', () => {
  it.each([
    ['obligations', '各院上报义务'],
    ['versions', '指标集的版本'],
    ['history', '变更记录'],
  ])('%s are read without moving sideways', async (tab, table) => {
    const page = await browser.signedIn(CENTRE, { viewport: PHONE });
    await goTo(page, `${SET}?tab=${tab}`);
    await page.getByRole('table', { name: table, exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await page.context().close();
  });
});

it('whoever has no right to oversee finds no such page', async () => {
  const page = await browser.signedIn('p-luyuan-head');
  await goTo(page, SET);
  await page.getByRole('heading', { level: 1, name: /找不到|没有/ }).waitFor();
  expect(await page.getByRole('table').count()).toBe(0);
  await page.context().close();
});
