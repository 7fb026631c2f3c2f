/** Work without a mouse, and the switches that everybody has. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserOfFile, goTo } from '#test/support/browser.ts';
import { outcomeButton, outcomes } from '#test/support/browser-task.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';

const browser = browserOfFile();

// There is something to move through, whatever other tests have left.
beforeAll(async () => {
  await anInstanceLike('waiting-for-review');
  await anInstanceLike('community-waiting');
});

const selected = (page: Page) => page.getByRole('row', { selected: true });
const numberIn = (text: string | null): string => /HZ\d+/.exec(text ?? '')?.[0] ?? '';
const selectedNumber = async (page: Page): Promise<string> => numberIn(await selected(page).textContent());

describe('with the keyboard alone', () => {
  it('a manager goes down and up the list, claims, opens and comes back', async () => {
    const manager = await browser.signedIn('p-he-jing');
    await goTo(manager, '/inbox?list=claimable&phase=review&serviceKey=consult');
    await manager.getByRole('row').nth(2).waitFor();
    // The list opens with its first row chosen.
    await selected(manager).waitFor();
    const first = await selectedNumber(manager);
    await manager.keyboard.press('j');
    await expect.poll(() => selectedNumber(manager)).not.toBe(first);
    const second = await selectedNumber(manager);
    await manager.keyboard.press('k');
    await expect.poll(() => selectedNumber(manager)).toBe(first);
    await manager.keyboard.press('j');
    await expect.poll(() => selectedNumber(manager)).toBe(second);

    await manager.keyboard.press('c');
    await manager.getByRole('row').filter({ hasText: second }).waitFor({ state: 'detached' });
    await goTo(manager, '/inbox');
    await manager.keyboard.press('/');
    await manager.keyboard.type(second);
    // The preview beside the list may have tables of its own.
    await expect.poll(async () => (await manager.getByRole('row').allTextContents()).map(numberIn).filter(Boolean)).toEqual([second]);
    await manager.keyboard.press('Escape');
    await manager.keyboard.press('Enter');
    await outcomes(manager).waitFor();
    expect(await outcomeButton(manager, '通过').isEnabled()).toBe(true);
    await manager.goBack();
    await manager.getByRole('heading', { name: '待办' }).waitFor();
    await manager.context().close();
  });

  it('a letter that is typed into a field is a letter', async () => {
    const manager = await browser.signedIn('p-he-jing');
    await goTo(manager, '/inbox?list=claimable');
    await manager.keyboard.press('?');
    await manager.getByRole('dialog', { name: '键盘快捷键' }).waitFor();
    await manager.keyboard.press('Escape');
    await manager.getByRole('dialog', { name: '键盘快捷键' }).waitFor({ state: 'hidden' });
    await manager.keyboard.press('/');
    await manager.keyboard.type('jc?');
    await expect.poll(() => manager.getByRole('textbox', { name: '在列表中查找' }).inputValue()).toBe('jc?');
    expect(await manager.getByRole('dialog').count()).toBe(0);
    await manager.context().close();
  });

  it('the first stop of every page is the way past the menus', async () => {
    const applicant = await browser.signedIn('p-wu-tong');
    await goTo(applicant, '/settings');
    await applicant.keyboard.press('Tab');
    const link = applicant.getByRole('link', { name: '跳到正文' });
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await applicant.keyboard.press('Enter');
    expect(await applicant.evaluate(() => document.activeElement?.id)).toBe('main');
    await applicant.context().close();
  });
});

describe('everybody can', () => {
  it('wear one of their hats at a time, which narrows the lists to its work', async () => {
    const director = await browser.signedIn('p-lin-yue');
    await goTo(director, '/inbox?list=claimable');
    const steps = async () =>
      new Set((await director.getByRole('row').allTextContents()).flatMap((row) => /审核|分流派送/.exec(row)?.[0] ?? []));
    await expect.poll(steps).toEqual(new Set(['审核', '分流派送']));
    await director.getByRole('button', { name: /^账户/ }).click();
    await director
      .getByRole('group', { name: '切换角色' })
      .getByRole('button', { name: /平台调度/ })
      .click();
    await expect.poll(steps).toEqual(new Set(['分流派送']));
    await director.getByRole('button', { name: /^账户.*平台调度/ }).click();
    await director
      .getByRole('group', { name: '切换角色' })
      .getByRole('button', { name: /全部角色/ })
      .click();
    await expect.poll(steps).toEqual(new Set(['审核', '分流派送']));
    await director.context().close();
  });

  it('read in their language, and keep it', async () => {
    const applicant = await browser.signedIn('p-wu-tong');
    await goTo(applicant, '/settings');
    await applicant.getByText('English', { exact: true }).click();
    await applicant.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await applicant.locator('html').getAttribute('lang')).toBe('en');
    await goTo(applicant, '/apply/consult');
    await applicant.getByRole('heading', { name: 'Remote consult' }).waitFor();
    await goTo(applicant, '/settings');
    await applicant.getByText('中文', { exact: true }).click();
    await applicant.getByRole('heading', { name: '设置' }).waitFor();
    await applicant.context().close();
  });

  it('choose day or night, and it is drawn so from the first picture on', async () => {
    const applicant = await browser.signedIn('p-wu-tong');
    await goTo(applicant, '/settings');
    await applicant.getByText('深色', { exact: true }).click();
    await expect.poll(() => applicant.locator('html').getAttribute('data-theme')).toBe('dark');
    const html = await (await applicant.request.get('/inbox')).text();
    expect(html).toContain('data-theme="dark"');
    await applicant.context().close();
  });

  it('leave, and nobody after them sees anything', async () => {
    const applicant = await browser.signedIn('p-wu-tong');
    await goTo(applicant, '/settings');
    await applicant.getByRole('main').getByRole('button', { name: '退出登录' }).click();
    await applicant.waitForURL(/\/sign-in/);
    await applicant.goBack().catch(() => null);
    await applicant.goto('/inbox');
    await applicant.waitForURL(/\/sign-in/);
    expect((await applicant.request.get('/api/me')).status()).toBe(401);
    await applicant.context().close();
  });
});
