/** What was submitted, afterwards: compared with what was submitted before, and on paper. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { InstanceView } from '#api/views.ts';
import { browserOfFile, DESK, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { decide, openFromList } from '#test/support/browser-task.ts';
import { pdfWords } from '#test/support/pdf-words.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';

const browser = browserOfFile();

async function faultsOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

describe('a submission', () => {
  it('is compared with the one that it corrects, answer by answer, with who changed it and when', async () => {
    const { number, instanceId } = await anInstanceLike('returned');
    const applicant = await browser.signedIn('p-cui-bin');
    await openFromList(applicant, number);
    await new FormHand(applicant).section('病情摘要').write('现病史', '肌电图示运动单位电位时限缩短。');
    await decide(applicant, '重新提交');

    await goTo(applicant, `/instances/${instanceId}?tab=forms`);
    const card = applicant.getByRole('article').last();
    const compare = card.getByRole('button', { name: '与较早的提交比较' });
    if (!(await compare.isVisible())) await card.getByRole('button').first().click();
    await compare.click();
    const change = card.getByRole('list', { name: '1 处变化' }).getByRole('listitem').first();
    await expect.poll(() => change.textContent()).toContain('现病史');
    await expect.poll(() => change.locator('ins').first().textContent()).toBe('肌电图示运动单位电位时限缩短。');
    expect(await change.locator('del').first().textContent()).not.toBe('');
    await change.getByText('修改记录（1 次）').click();
    await change.getByRole('listitem').getByText('崔斌').waitFor();
    expect(await faultsOn(applicant)).toEqual([]);
    await applicant.context().close();
  });
});

describe('an instance on paper', () => {
  it('has its head, everything that was submitted, and a code that leads back to it', async () => {
    const { instanceId } = await anInstanceLike('closed-mdt');
    const reader = await browser.signedIn('p-he-jing');
    await goTo(reader, `/instances/${instanceId}`);
    const [paper] = await Promise.all([reader.context().waitForEvent('page'), reader.getByRole('link', { name: '打印 / PDF' }).click()]);
    const view: InstanceView = await (await reader.request.get(`/api/instances/${instanceId}`)).json();
    const sheet = paper.getByRole('main');
    await sheet.getByRole('heading', { level: 1, name: '远程会诊' }).waitFor();
    await sheet.getByText(view.header.number).waitFor();
    await sheet.locator('svg[viewBox]').first().waitFor();
    await expect
      .poll(() => sheet.getByRole('heading', { level: 2 }).count())
      .toBe(view.submissions.length + (view.files.length > 0 ? 1 : 0));
    expect(await faultsOn(paper)).toEqual([]);

    const { pageCount, characters } = pdfWords(await paper.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(pageCount).toBeGreaterThan(1);
    const words = `远程会诊${view.header.patient?.name ?? ''}${view.header.number}`;
    expect([...words].filter((character) => !characters.has(character))).toEqual([]);
    await reader.context().close();
  });

  it.each([
    ['desk', DESK, 'light'],
    ['phone', PHONE, 'dark'],
  ] as const)('is white on a %s, by night as well, and nothing moves sideways', async (_screen, viewport, theme) => {
    const { instanceId } = await anInstanceLike('closed-mdt');
    const reader = await browser.signedIn('p-he-jing', { viewport, theme, locale: 'en' });
    await goTo(reader, `/instances/${instanceId}/print`);
    await reader.getByRole('main').locator('svg[viewBox]').first().waitFor();
    expect(await reader.getByRole('main').evaluate((sheet) => getComputedStyle(sheet).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await reader.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    expect(await faultsOn(reader)).toEqual([]);
    await reader.context().close();
  });

  it('is there for whoever may read the instance, and for nobody else', async () => {
    const { instanceId } = await anInstanceLike('closed-mdt');
    const stranger = await browser.signedIn('p-cui-bin');
    const answered = await stranger.goto(`/instances/${instanceId}/print`);
    expect(answered?.status()).toBe(404);
    await stranger.context().close();
    const nobody = await (await browser.visit()).newPage();
    await nobody.goto(`/instances/${instanceId}/print`);
    expect(new URL(nobody.url()).pathname).toBe('/sign-in');
    await nobody.context().close();
  });
});
