/** In a corridor, with one thumb: what has to work on a phone. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { claimByThumb, openTaskOf, outcomeButton, wasDecided } from '#test/support/browser-task.ts';
import { answerChecklist } from '#test/support/review-checklist.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';

const browser = browserOfFile();
const onPhone = (personId: string) => browser.signedIn(personId, { viewport: PHONE });

/** WCAG 2.2 asks for 24 px, a gloved thumb for more. */
const THUMB_PX = 44;

async function smallTargets(
  page: Page,
  roles: readonly ('button' | 'link' | 'tab' | 'textbox')[],
  inside: string,
): Promise<readonly string[]> {
  const small: string[] = [];
  for (const role of roles) {
    for (const target of await page.locator(inside).getByRole(role).all()) {
      const box = await target.boundingBox();
      if (box && box.height > 0 && (box.height < THUMB_PX || box.width < THUMB_PX))
        small.push(`${await target.textContent()} ${Math.round(box.width)}×${Math.round(box.height)}`);
    }
  }
  return small;
}

/** How far the page can be pushed aside. */
const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('on a phone', () => {
  it('a manager approves an application', async () => {
    const { number } = await anInstanceLike('waiting-for-review');
    const manager = await onPhone('p-he-jing');
    await claimByThumb(manager, number);
    const form = new FormHand(manager);
    await answerChecklist(form, 'consult');
    expect(await smallTargets(manager, ['button'], `section[aria-label="处理结果"]`)).toEqual([]);
    await outcomeButton(manager, '通过').tap();
    await wasDecided(manager, '通过');
    await manager.context().close();
  });

  it('an expert writes and signs the opinion', async () => {
    const { number } = await anInstanceLike('opinion-to-sign');
    const expert = await onPhone('p-bai-xue');
    await claimByThumb(expert, number);
    const form = new FormHand(expert);
    await form.write('会诊意见', '右肺上叶结节，建议三个月后复查增强 CT。');
    await form.sign();
    await expert.getByText('已签名').waitFor();
    await outcomeButton(expert, '签署意见').tap();
    await wasDecided(expert, '签署意见');
    await expert.context().close();
  });

  it('an applicant reads how far the own request has come, and opens the diagram when wanted', async () => {
    const { instanceId } = await anInstanceLike('to-prepare');
    const applicant = await onPhone('p-wu-tong');
    await goTo(applicant, `/instances/${instanceId}`);
    await applicant.getByRole('list', { name: '等待处理' }).getByText('准备', { exact: true }).waitFor();
    await applicant.getByRole('button', { name: '查看流程图' }).tap();
    await applicant.locator('.djs-container [data-element-id="prepare"].bh-active').waitFor();
    await applicant.context().close();
  });

  it('no page can be pushed aside, and what is pressed is large enough for a thumb', async () => {
    const [toPrepare, closed, waiting] = await Promise.all([
      anInstanceLike('to-prepare'),
      anInstanceLike('closed-imaging'),
      anInstanceLike('waiting-for-review'),
    ]);
    const places: Readonly<Record<string, readonly string[]>> = {
      'p-wu-tong': [
        '/inbox',
        '/inbox?list=started',
        '/apply',
        '/apply/consult',
        `/apply/consult/sent?instance=${toPrepare.instanceId}`,
        ...['progress', 'timeline', 'forms', 'files', 'comments'].map((tab) => `/instances/${toPrepare.instanceId}?tab=${tab}`),
        '/notices',
        '/settings',
      ],
      'p-he-jing': ['/inbox?list=claimable', '/inbox?list=done', await openTaskOf(await onPhone('p-he-jing'), waiting.instanceId)],
      'p-ye-zhou': ['/audit', `/audit/${closed.instanceId}`],
      'p-kang-ning': ['/operations'],
    };
    const found: string[] = [];
    for (const [personId, addresses] of Object.entries(places)) {
      const page = await onPhone(personId);
      for (const address of addresses) {
        await goTo(page, address);
        await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
        const sideways = await sidewaysPx(page);
        if (sideways > 0) found.push(`${address} moves ${sideways} px sideways`);
        const small = await smallTargets(page, ['link'], 'nav');
        const buttons = await smallTargets(page, ['button'], 'main .ant-btn-primary, main [class*="actions"]');
        for (const target of [...small, ...buttons]) found.push(`${address}: ${target}`);
      }
      await page.context().close();
    }
    expect(found).toEqual([]);
  });
});
