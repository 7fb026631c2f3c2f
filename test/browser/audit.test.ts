/** What those see who watch over others' work. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { AuditView } from '#api/views/audit.ts';
import type { InstanceView } from '#api/views.ts';
import { browserOfFile, goTo, isAlive } from '#test/support/browser.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';
import { until } from '#test/support/until.ts';

const browser = browserOfFile();

const step = (page: Page, seq: number | string): Promise<void> =>
  page
    .getByText(new RegExp(`^第 ${seq} 步，共 \\d+ 步$`))
    .first()
    .waitFor();
const active = (page: Page) => page.locator('.djs-container .bh-active');

async function sealed(page: Page, instanceId: string): Promise<void> {
  await until('the instance is sealed', async () => {
    const view: InstanceView = await (await page.request.get(`/api/instances/${instanceId}`)).json();
    return view.header.sealedAt;
  });
}

describe('an auditor', () => {
  it('finds an instance of any hospital by its number, and steps through it with the keyboard', async () => {
    const { number, instanceId } = await anInstanceLike('closed-difficult');
    const auditor = await browser.signedIn('p-ye-zhou');
    await sealed(auditor, instanceId);
    await goTo(auditor, '/audit');
    await auditor.getByRole('textbox', { name: '按编号查找', exact: true }).fill(number);
    await auditor.keyboard.press('Enter');
    await auditor.getByRole('row').filter({ hasText: number }).getByRole('link').click();
    await auditor.getByRole('region', { name: '逐步回放' }).waitFor();
    await isAlive(auditor);

    const openTasks = auditor.getByRole('region', { name: '当时等待处理' });
    await auditor.keyboard.press('Home');
    await step(auditor, 1);
    await openTasks.getByText('审核', { exact: true }).waitFor();
    await auditor.locator('.djs-container [data-element-id="review"].bh-active').waitFor();
    await auditor.getByRole('button', { name: /申请/ }).first().waitFor();

    // Claimed and approved: the work has moved on, in words and in the drawing.
    await auditor.keyboard.press('ArrowRight');
    await step(auditor, 2);
    await auditor.keyboard.press('ArrowRight');
    await step(auditor, 3);
    await openTasks.getByText('分流派送', { exact: true }).waitFor();
    await auditor.locator('.djs-container [data-element-id="dispatch"].bh-active').waitFor();
    await auditor.getByRole('button', { name: /^审核/ }).waitFor();

    await auditor.keyboard.press('ArrowLeft');
    await auditor.keyboard.press('ArrowLeft');
    await step(auditor, 1);
    await openTasks.getByText('审核', { exact: true }).waitFor();
    expect(await auditor.getByRole('button', { name: /^审核/ }).count()).toBe(0);

    await auditor.keyboard.press('End');
    await openTasks.getByText('当时没有等待处理的任务。').waitFor();
    await expect.poll(() => active(auditor).count()).toBe(0);
    await auditor.context().close();
  });

  it('sees that the chain is whole, that every step was confirmed, and the seal', async () => {
    const { instanceId } = await anInstanceLike('closed-imaging');
    const auditor = await browser.signedIn('p-ye-zhou');
    await sealed(auditor, instanceId);
    // The last steps are confirmed with the seal, or just after it.
    await until('every step is confirmed', async () => {
      const { steps }: AuditView = await (await auditor.request.get(`/api/audit/${instanceId}`)).json();
      return steps.every(({ confirmed }) => confirmed);
    });
    await goTo(auditor, `/audit/${instanceId}`);
    await auditor.getByRole('region', { name: '证据链' }).getByText('证据链完整，从第一步到最后一步没有被改动。').waitFor();
    const seal = auditor.getByRole('region', { name: '封存' });
    await seal.getByText('封存哈希').waitFor();
    await expect.poll(() => seal.textContent()).toMatch(/[0-9a-f]{64}/);
    expect(await auditor.getByRole('img', { name: '尚未核对' }).count()).toBe(0);
    await auditor.context().close();
  });

  it('changes nothing: there is no task to claim and no action but to read', async () => {
    const { instanceId } = await anInstanceLike('waiting-for-review');
    const auditor = await browser.signedIn('p-ye-zhou');
    await goTo(auditor, `/instances/${instanceId}`);
    await auditor.getByRole('button', { name: '审计回放' }).waitFor();
    for (const name of ['撤回申请', '提出问题', '催办']) expect(await auditor.getByRole('button', { name }).count(), name).toBe(0);
    await auditor.context().close();
  });
});

describe('an auditor who doubts', () => {
  it('has an instance replayed, and is told that both records agree in every step', async () => {
    const { instanceId } = await anInstanceLike('closed-imaging');
    const auditor = await browser.signedIn('p-ye-zhou');
    await sealed(auditor, instanceId);
    await goTo(auditor, `/audit/${instanceId}`);
    const replay = auditor.getByRole('region', { name: '重放核对' });
    await replay.getByRole('button', { name: /重\s?放/ }).click();
    await replay.getByText('每一步都相符').waitFor({ timeout: 60_000 });
    await replay.getByText('语义版本 1').waitFor();
    await isAlive(auditor);
    await auditor.context().close();
  });
});

describe('an operator', () => {
  it('sees what is unconfirmed, stopped, waiting for its seal or broken, and nothing of what it is about', async () => {
    const operator = await browser.signedIn('p-kang-ning');
    await goTo(operator, '/operations');
    const counts = operator.getByRole('navigation', { name: '按问题筛选' });
    for (const problem of ['待核对', '已停止', '待封存', '待归档', '异常', '已暂停'])
      expect(await counts.getByRole('link', { name: problem }).textContent(), problem).toMatch(/^\d+/);
    // Nothing is broken here: after a while, all that was done is confirmed and all that ended is sealed.
    await expect
      .poll(
        async () => {
          const answer = await operator.request.get('/api/operations/instances');
          return (await answer.json()).counts;
        },
        { timeout: 60_000 },
      )
      .toEqual({ unconfirmed: 0, stopped: 0, sealPending: 0, incidents: 0, notArchived: 0, suspended: 0 });
    await goTo(operator, '/operations');
    await operator.getByRole('main').getByText('没有需要处理的问题').waitFor();
    await operator.context().close();
  });

  it('sees how many instances stand where in a flow, on its diagram and in a list, and goes to one of them', async () => {
    const { number } = await anInstanceLike('waiting-for-review');
    const operator = await browser.signedIn('p-kang-ning');
    await goTo(operator, '/operations');
    await operator
      .getByRole('region', { name: '运行中的流程' })
      .getByRole('row', { name: /远程会诊/ })
      .getByRole('link', { name: /第 \d+ 版/ })
      .first()
      .click();
    const elements = operator.getByRole('list', { name: '环节' });
    const review = elements.getByRole('link', { name: /^审核/ }).first();
    const told = /(\d+) 份停留/.exec((await review.textContent()) ?? '')?.[1];
    const badge = operator.locator('.djs-overlays[data-container-id="review"] [data-kind="instances"]');
    await badge.waitFor();
    await expect.poll(() => badge.textContent()).toBe(told);
    await badge.click();
    await expect.poll(() => review.getAttribute('aria-current')).toBe('true');
    const table = operator.getByRole('table', { name: '停留在此环节的业务单' });
    await table.getByRole('link', { name: number, exact: true }).click();
    await operator.getByRole('heading', { name: new RegExp(number) }).waitFor();
    await isAlive(operator);
    await operator.context().close();
  });

  it('holds an instance for a dispute, with a reason, and lifts the hold', async () => {
    const { instanceId } = await anInstanceLike('closed-imaging');
    const operator = await browser.signedIn('p-kang-ning');
    await goTo(operator, `/operations/${instanceId}`);
    const retention = operator.getByRole('region', { name: '保存期限' });
    await retention.getByText('封存后 30 年').waitFor();
    for (const [act, reason] of [
      ['设保留', '医疗纠纷'],
      ['解除保留', '纠纷已结'],
    ] as const) {
      await retention.getByRole('button', { name: act }).click();
      const dialog = operator.getByRole('dialog');
      await dialog.getByRole('textbox', { name: '原因' }).fill(reason);
      await dialog.getByRole('button', { name: act }).click();
      await retention.getByRole('list', { name: '保留记录' }).getByText(reason).waitFor();
    }
    await retention.getByRole('button', { name: '设保留' }).waitFor();
    await operator.context().close();
  });

  it('erases a sealed instance, once its number is typed, and finds nothing of it afterwards', async () => {
    const { instanceId, number } = await anInstanceLike('closed-imaging');
    const auditor = await browser.signedIn('p-ye-zhou');
    await sealed(auditor, instanceId);
    await auditor.context().close();
    const operator = await browser.signedIn('p-kang-ning');
    await goTo(operator, `/operations/${instanceId}`);
    const retention = operator.getByRole('region', { name: '保存期限' });
    await retention.getByRole('button', { name: '删除', disabled: false }).click();
    const dialog = operator.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '原因' }).fill('患者要求删除');
    await expect.poll(() => dialog.getByRole('button', { name: '删除' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /以确认/ }).fill(number);
    await dialog.getByRole('button', { name: '删除' }).click();
    await operator.waitForURL((url) => url.pathname === '/operations');
    await goTo(operator, `/operations/${instanceId}`);
    await operator.getByText('没有找到这个页面').waitFor();
    await operator.context().close();
  });

  it('is the only one to whom the page exists', async () => {
    const manager = await browser.signedIn('p-he-jing');
    for (const address of ['/operations', '/operations/flows/consult/1', '/audit']) {
      await goTo(manager, address);
      await manager.getByText('没有找到这个页面').waitFor();
    }
    await manager.context().close();
  });
});
