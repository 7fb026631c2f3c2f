/** The branches in which something could be lost, done twice or done by the wrong person, clicked. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DraftSummary } from '#api/views.ts';
import { smallPdf } from '#bin/seed/small-pdf.ts';
import { browserOfFile, goTo, isAlive } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { claimFromList, decide, openFromList, openTaskOf, outcomeButton, outcomes, wasDecided } from '#test/support/browser-task.ts';
import { answerChecklist } from '#test/support/review-checklist.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';

const browser = browserOfFile();

const answerReview = (page: Page): Promise<void> => answerChecklist(new FormHand(page), 'consult');

const dialogOf = (page: Page) => page.getByRole('dialog');

/** A window that hears of no news, as behind a proxy that holds streams back: it shows what was true when it was opened. */
const withoutNews = (page: Page): Promise<unknown> => page.route('**/api/live**', (route) => route.abort());

describe('a review', () => {
  it('can send an application back with a reason, which the applicant reads first, over the form as it was filled in', async () => {
    const { number } = await anInstanceLike('waiting-for-review');
    const manager = await browser.signedIn('p-he-jing');
    await claimFromList(manager, number);
    await outcomeButton(manager, '退回补正').click();
    const dialog = dialogOf(manager);
    await dialog.getByRole('button', { name: '退回补正' }).click();
    await dialog.getByText('请写明原因。').waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('请补充痰培养结果。');
    await dialog.getByRole('button', { name: '退回补正' }).click();
    await wasDecided(manager, '退回补正');

    const applicant = await browser.signedIn('p-wu-tong');
    await openFromList(applicant, number);
    const remark = applicant.getByRole('region', { name: '退回说明' });
    await expect.poll(() => remark.textContent()).toContain('请补充痰培养结果。');
    await expect.poll(() => remark.textContent()).toContain('何静');
    const form = new FormHand(applicant);
    expect(await form.section('会诊事项').written('申请理由')).toBe('抗感染治疗效果不佳，病原不明');
    await form.section('病情摘要').write('现病史', '痰培养：肺炎克雷伯菌。');
    await decide(applicant, '重新提交');

    await openFromList(manager, number);
    await manager.getByText('痰培养：肺炎克雷伯菌。').first().waitFor();
    await Promise.all([manager.context().close(), applicant.context().close()]);
  });

  it('can reject an application, but only with a reason from the list', async () => {
    const { number, instanceId } = await anInstanceLike('waiting-for-review');
    const manager = await browser.signedIn('p-he-jing');
    await claimFromList(manager, number);
    await outcomeButton(manager, '驳回').click();
    const dialog = dialogOf(manager);
    await dialog.getByRole('button', { name: '驳回' }).click();
    await dialog.getByText('请选择原因类别。').waitFor();
    await dialog.getByText('重复申请').click();
    await dialog.getByRole('button', { name: '驳回' }).click();
    await wasDecided(manager, '驳回');
    await goTo(manager, `/instances/${instanceId}`);
    await manager.getByRole('main').getByText('已拒绝').first().waitFor();
    await manager.context().close();
  });

  it('is told as done to who did it, also when the news of the step and of the lists come before its answer', async () => {
    const { number } = await anInstanceLike('waiting-for-review');
    const manager = await browser.signedIn('p-he-jing');
    await claimFromList(manager, number);
    await answerReview(manager);
    // The lists are counted anew when they hear of the step; the answer is held back until a while after that.
    const counted = manager.waitForResponse('**/api/inbox/counts');
    await manager.route('**/complete', async (route) => {
      const response = await route.fetch();
      await counted;
      await manager.waitForTimeout(1_000);
      await expect.poll(() => outcomes(manager).isVisible()).toBe(true);
      await route.fulfill({ response });
    });
    await decide(manager, '通过');
    await manager.context().close();
  });
});

describe('the applicant', () => {
  it('can withdraw, and the manager who has the task open is told at once that it is no longer needed', async () => {
    const { number, instanceId } = await anInstanceLike('waiting-for-review');
    const [manager, applicant] = await Promise.all([browser.signedIn('p-he-jing'), browser.signedIn('p-wu-tong')]);
    await claimFromList(manager, number);
    await goTo(applicant, `/instances/${instanceId}`);
    await applicant.getByRole('button', { name: '撤回申请' }).click();
    await dialogOf(applicant).getByText('误申请').click();
    await dialogOf(applicant).getByRole('button', { name: '撤回申请' }).click();
    await applicant.getByRole('main').getByText('已撤回').first().waitFor();
    await manager.getByRole('heading', { name: '这个任务已经不需要了' }).waitFor();
    await Promise.all([manager.context().close(), applicant.context().close()]);
  });

  it('can raise an issue at any link, and sees who has to settle it', async () => {
    const { instanceId } = await anInstanceLike('to-prepare');
    const applicant = await browser.signedIn('p-wu-tong');
    await goTo(applicant, `/instances/${instanceId}`);
    await applicant.getByRole('button', { name: '提出问题' }).click();
    await dialogOf(applicant).getByText('设备与网络').click();
    await dialogOf(applicant).getByRole('textbox').fill('影像上传多次中断。');
    await dialogOf(applicant).getByRole('button', { name: '提出问题' }).click();
    const waiting = applicant.getByRole('list', { name: '等待处理' });
    await waiting.getByText('处理问题', { exact: true }).waitFor();
    // Beside the issue the loop goes on.
    await waiting.getByText('准备', { exact: true }).waitFor();
    await applicant.context().close();
  });

  it('takes up a draft again, after a reload and another day', async () => {
    const applicant = await browser.signedIn('p-zhou-yan');
    await goTo(applicant, '/apply/consult');
    const form = new FormHand(applicant);
    await form.write('申请理由', '草稿里的一句话');
    await applicant
      .getByText(/已保存 \d/)
      .last()
      .waitFor();
    await applicant.reload();
    await isAlive(applicant);
    expect(await form.written('申请理由')).toBe('草稿里的一句话');
    // Another day, from the start.
    await goTo(applicant, '/apply/consult');
    expect(await form.written('申请理由')).toBe('');
    await applicant.getByRole('link', { name: /继续填写/ }).click();
    await expect.poll(() => form.written('申请理由')).toBe('草稿里的一句话');
    await applicant.context().close();
  });

  it('is asked which version counts when two windows write the same draft', async () => {
    const [one, other] = await Promise.all([browser.signedIn('p-cui-bin'), browser.signedIn('p-cui-bin')]);
    await goTo(one, '/apply/consult');
    await new FormHand(one).write('申请理由', '第一版');
    await one
      .getByText(/已保存 \d/)
      .last()
      .waitFor();
    const [draft] = (await (await one.request.get('/api/drafts')).json()) as readonly DraftSummary[];
    await goTo(other, `/apply/consult?draft=${draft?.id}`);
    await new FormHand(other).write('申请理由', '另一页的版本');
    await other
      .getByText(/已保存 \d/)
      .last()
      .waitFor();

    await new FormHand(one).write('申请理由', '这一页的版本');
    await one.getByText('另一个页面或另一台设备上有这份草稿的新版本').waitFor();
    await one.getByRole('button', { name: '用那边的版本' }).click();
    await expect.poll(() => new FormHand(one).written('申请理由')).toBe('另一页的版本');
    await Promise.all([one.context().close(), other.context().close()]);
  });

  it('is shown everything that is missing, led to the first of it, and loses nothing', async () => {
    const applicant = await browser.signedIn('p-sun-qi');
    await goTo(applicant, '/apply/consult');
    const form = new FormHand(applicant);
    await form.write('申请理由', '这句话要留着');
    await form.section('患者').write('联系电话', '12');
    await applicant.getByRole('button', { name: '提交申请' }).click();
    const summary = applicant.getByRole('alert').filter({ hasText: /有 \d+ 处需要填写或修改/ });
    await summary.waitFor();
    await summary.getByText('格式不正确').waitFor();
    expect(await applicant.evaluate(() => document.activeElement?.closest('[role="radiogroup"]') !== null)).toBe(true);
    expect(await form.written('申请理由')).toBe('这句话要留着');
    await summary.getByRole('button', { name: '患者 · 姓名' }).click();
    expect(await applicant.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    expect(applicant.url()).toContain('/apply/consult');
    await applicant.context().close();
  });

  it('does not send without a file that is still on its way, or did not arrive', async () => {
    const applicant = await browser.signedIn('p-sun-qi');
    await goTo(applicant, '/apply/consult');
    let lose = (): void => undefined;
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    await applicant.route('**/api/files', async (route) => {
      await lost;
      await route.abort();
    });
    await applicant.getByRole('heading', { name: '附件', exact: true }).click();
    await applicant.getByRole('button', { name: /添加一行.*病历与报告/ }).click();
    const chooser = applicant.waitForEvent('filechooser');
    await applicant.getByRole('group', { name: '文件', exact: true }).getByRole('button', { name: '添加文件' }).click();
    await (await chooser).setFiles({ name: '报告.pdf', mimeType: 'application/pdf', buffer: smallPdf() });
    await applicant.getByRole('progressbar', { name: '正在上传 报告.pdf' }).waitFor();
    await applicant.getByRole('button', { name: '提交申请' }).click();
    const summary = applicant.getByRole('alert').filter({ hasText: /需要填写或修改/ });
    await summary.getByText('文件还在上传').waitFor();
    lose();
    await summary.getByText('有文件没有上传成功').waitFor();
    await applicant.unroute('**/api/files');
    await applicant.getByRole('button', { name: '重试' }).click();
    await applicant.getByRole('link', { name: '报告.pdf' }).waitFor();
    await summary.getByText('有文件没有上传成功').waitFor({ state: 'hidden' });
    await applicant.context().close();
  });

  it('is told why a file is not taken', async () => {
    const applicant = await browser.signedIn('p-sun-qi');
    await goTo(applicant, '/apply/consult');
    await applicant.getByRole('heading', { name: '附件', exact: true }).click();
    await applicant.getByRole('button', { name: /添加一行.*病历与报告/ }).click();
    const chooser = applicant.waitForEvent('filechooser');
    await applicant.getByRole('group', { name: '文件', exact: true }).getByRole('button', { name: '添加文件' }).click();
    await (await chooser).setFiles({ name: '程序.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
    await applicant
      .getByText(/文件类型不允许/)
      .first()
      .waitFor();
    await applicant.context().close();
  });
});

describe('two people at one task', () => {
  it('are told of each other: whoever comes second sees who was faster, when, and what was decided', async () => {
    const { number, instanceId } = await anInstanceLike('waiting-for-review');
    const [first, second] = await Promise.all([browser.signedIn('p-he-jing'), browser.signedIn('p-lin-yue')]);
    await withoutNews(second);
    await goTo(second, await openTaskOf(second, instanceId));
    await second.getByRole('button', { name: '认领并处理' }).waitFor();
    await claimFromList(first, number);
    await answerReview(first);
    await decide(first, '通过');

    await second.getByRole('button', { name: '认领并处理' }).click();
    await second.getByRole('heading', { name: '这个任务已经处理完了' }).waitFor();
    await expect.poll(() => second.getByRole('main').textContent()).toMatch(/何静于 [\d-]+ \d\d:\d\d 选择了“通过”/);
    await Promise.all([first.context().close(), second.context().close()]);
  });

  it('see at once that the other has claimed it', async () => {
    const { number, instanceId } = await anInstanceLike('waiting-for-review');
    const [first, second] = await Promise.all([browser.signedIn('p-he-jing'), browser.signedIn('p-lin-yue')]);
    await goTo(second, await openTaskOf(second, instanceId));
    await second.getByRole('button', { name: '认领并处理' }).waitFor();
    await claimFromList(first, number);
    await second.getByText('何静已认领，正在办理。').first().waitFor();
    await expect.poll(() => outcomeButton(second, '通过').isDisabled()).toBe(true);
    await Promise.all([first.context().close(), second.context().close()]);
  });

  it('lose nothing of what they wrote when the task ends under their hands', async () => {
    const { number } = await anInstanceLike('waiting-for-review');
    const [here, there] = await Promise.all([browser.signedIn('p-he-jing'), browser.signedIn('p-he-jing')]);
    await withoutNews(there);
    await claimFromList(here, number);
    await goTo(there, here.url());
    await answerReview(there);
    await new FormHand(there).write('审核意见', '在另一台电脑上写的话');
    await answerReview(here);
    await decide(here, '通过');

    await outcomeButton(there, '通过').click();
    await there.getByRole('heading', { name: '这个任务已经处理完了' }).waitFor();
    await there.getByRole('region', { name: '您填写的内容' }).getByText('在另一台电脑上写的话').waitFor();
    await Promise.all([here.context().close(), there.context().close()]);
  });
});

describe('whoever may not', () => {
  it('does not learn that a stranger’s instance exists', async () => {
    const { instanceId } = await anInstanceLike('waiting-for-review');
    const stranger = await browser.signedIn('p-dai-yu');
    for (const path of [`/instances/${instanceId}`, `/instances/${instanceId}/tasks/1`, `/audit/${instanceId}`]) {
      await goTo(stranger, path);
      await stranger.getByText('没有找到这个页面').waitFor();
    }
    const [there, nowhere] = await Promise.all(
      [instanceId, crypto.randomUUID()].map(async (id) => (await stranger.request.get(`/api/instances/${id}`)).text()),
    );
    expect(there).toBe(nowhere);
    await stranger.context().close();
  });

  it('reads why: an expert who carried a consult out cannot control its quality, though the role would allow it', async () => {
    const { instanceId } = await anInstanceLike('to-control', { cast: { 'p-yu-han': 'p-gu-chen' } });
    const expert = await browser.signedIn('p-gu-chen');
    await goTo(expert, await openTaskOf(expert, instanceId));
    await expert.getByText('您处理过前面的步骤，按职责分离的要求，这一步须由他人处理。').first().waitFor();
    await expect.poll(() => outcomeButton(expert, '通过并闭环').isDisabled()).toBe(true);
    expect(await expert.getByRole('button', { name: '认领并处理' }).count()).toBe(0);
    await expert.context().close();
  });

  it('is asked to sign in, and is then where they wanted to go', async () => {
    const context = await browser.visit();
    const page = await context.newPage();
    await goTo(page, '/inbox?list=claimable');
    await page.getByRole('textbox', { name: '用户名' }).fill('hejing');
    await page.getByRole('textbox', { name: '密码' }).fill('not-the-password');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('用户名或密码不对，请检查后重试。').waitFor();
    await page.getByRole('textbox', { name: '密码' }).fill('bihuan-2026');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { name: '可认领' }).waitFor();
    await context.close();
  });
});
