/** In a lift, on a ward round, between two networks: what is written and sent without a connection. */
import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import type { InboxPage } from '#api/views/inbox.ts';
import type { DraftSummary, DraftView, InstanceView, ServiceFormView, TaskView } from '#api/views.ts';
import { personOf, SAMPLE_PASSWORD } from '#bin/seed/people.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { deviceOf, keptCount } from '#test/support/browser-device.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { openTaskOf, outcomeButton, wasDecided } from '#test/support/browser-task.ts';
import { containsText } from '#test/support/clear-text.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { answerChecklist } from '#test/support/review-checklist.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';
import { paths } from '#web/paths.ts';

const browser = browserOfFile();
const onPhone = (personId: string) => browser.signedIn(personId, { viewport: PHONE });

const KEPT = '已保存在本机，联网后自动保存';
const RESTORED = '已恢复本机保存的内容';
const NOT_SENT = '还没有提交';
const EXPERT = 'p-bai-xue';
const MANAGER = 'p-he-jing';

const isSaved = (page: Page) =>
  page
    .getByText(/已保存 \d/)
    .last()
    .waitFor();
const isKept = (page: Page) => page.getByText(KEPT).waitFor();
const indicator = (page: Page) => page.getByRole('banner').getByRole('button', { name: /连不上服务器|待送出|需要您处理/ });

/** With the key that seals what is kept on the device: it has to be there before the connection goes. */
async function openForm(page: Page, address: string): Promise<void> {
  const key = page.waitForResponse('**/api/me/device-key');
  await goTo(page, address);
  await (await key).finished();
}

/** The task is the person's, and its form is open. */
async function openOwn(page: Page, instanceId: string, claim = '认领并处理'): Promise<string> {
  const address = await openTaskOf(page, instanceId);
  await openForm(page, address);
  const button = page.getByRole('button', { name: claim });
  await button.tap();
  await button.waitFor({ state: 'detached' });
  return address;
}

const apiOf = (address: string) => `/api${address}`;
const draftOf = async (page: Page, address: string): Promise<string> => {
  const task: TaskView = await (await page.request.get(apiOf(address))).json();
  return task.draft ? JSON.stringify(task.response) : '';
};
const submissionsOf = async (page: Page, instanceId: string): Promise<InstanceView['submissions']> =>
  ((await (await page.request.get(`/api/instances/${instanceId}`)).json()) as InstanceView).submissions;

/** The phone kills the page, which has no time for last words. */
async function killed(page: Page): Promise<BrowserContext> {
  const context = page.context();
  await page.evaluate(() => {
    window.fetch = () => new Promise(() => undefined);
  });
  await page.close();
  return context;
}

/** The person opens it again, with a connection. */
async function opened(context: BrowserContext, address: string): Promise<Page> {
  await context.setOffline(false);
  const page = await context.newPage();
  await goTo(page, address);
  return page;
}

const reopened = async (page: Page, address: string): Promise<Page> => opened(await killed(page), address);

async function signInHere({ request }: BrowserContext, personId: string): Promise<void> {
  const { signInName } = personOf(personId);
  const { baseUrl } = inject('product');
  const data = { username: signInName, password: SAMPLE_PASSWORD };
  expect((await request.post('/api/auth/sign-in/username', { headers: { origin: baseUrl }, data })).ok()).toBe(true);
}

/** An opinion that is written and signed, so that nothing is missing. */
async function writeOpinion(page: Page, words: string): Promise<void> {
  const form = new FormHand(page);
  await form.write('会诊意见', words);
  await form.sign();
  await page.getByText('已签名').waitFor();
}

async function keepToSend(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: NOT_SENT });
  await dialog.getByRole('button', { name: '联网后自动提交' }).tap();
  await page.getByRole('main').getByRole('heading', { name: NOT_SENT }).waitFor();
}

/** Where an application stands open that lacks nothing. */
async function filledDraft(page: Page, personId: string): Promise<string> {
  await goTo(page, '/apply');
  const { form }: ServiceFormView = await (await page.request.get('/api/services/consult')).json();
  const answers = {
    'patient.name': [{ valueString: '测试患者' }],
    'consult.subkind': [
      { valueCoding: { system: 'https://bihuan.dev/fhir/CodeSystem/consult-subkind', code: 'difficult', display: '疑难病例会诊' } },
    ],
  };
  const response = fillForm(form.questionnaire, { personId, answers });
  const data = { scope: { kind: 'service', serviceKey: 'consult' }, formHash: form.hash, version: 0, response };
  const saved = await page.request.put('/api/drafts', { headers: { origin: new URL(page.url()).origin }, data });
  return paths.applyFor('consult', { draft: ((await saved.json()) as DraftSummary).id });
}

describe('what is written without a connection', () => {
  it('outlives a page that is killed, encrypted, and is saved when the task is opened again', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    const words = `离线记号${randomUUID()}`;
    let expert = await onPhone(EXPERT);
    const address = await openOwn(expert, instanceId);
    await expert.context().setOffline(true);
    await new FormHand(expert).write('会诊意见', words);
    await isKept(expert);
    await indicator(expert).waitFor();
    const device = await deviceOf(expert);
    expect(device.count).toBe(1);
    expect(containsText(device.bytes, words)).toBe(false);
    // The same look finds what does lie there in clear.
    expect(containsText(device.bytes, instanceId)).toBe(true);
    expect(await draftOf(expert, address)).not.toContain(words);

    // This one is closed: what it says as it goes is no conflict with what it kept.
    const phone = expert.context();
    await expert.close();
    expert = await opened(phone, address);
    await expert.getByText(RESTORED).waitFor();
    await expect.poll(() => new FormHand(expert).written('会诊意见')).toBe(words);
    await isSaved(expert);
    expect(await draftOf(expert, address)).toContain(words);
    await expect.poll(() => keptCount(expert)).toBe(0);
    await expert.context().close();
  });

  it('outlives it also in an application that the server does not know of yet', async () => {
    const words = `离线申请${randomUUID()}`;
    let applicant = await onPhone('p-sun-qi');
    await openForm(applicant, '/apply/consult');
    await applicant.context().setOffline(true);
    await new FormHand(applicant).write('申请理由', words);
    await isKept(applicant);

    applicant = await reopened(applicant, '/apply/consult');
    await expect.poll(() => new FormHand(applicant).written('申请理由')).toBe(words);
    await isSaved(applicant);
    await applicant.waitForURL(/draft=/);
    const [draft] = (await (await applicant.request.get('/api/drafts?serviceKey=consult')).json()) as readonly DraftSummary[];
    const saved: DraftView = await (await applicant.request.get(`/api/drafts/${draft?.id}`)).json();
    expect(JSON.stringify(saved.response)).toContain(words);
    // The next application begins with an empty form.
    await goTo(applicant, '/apply/consult');
    expect(await new FormHand(applicant).written('申请理由')).toBe('');
    await applicant.context().close();
  });

  it('is saved from whatever page is opened next', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    const words = `离线记号${randomUUID()}`;
    let expert = await onPhone(EXPERT);
    const address = await openOwn(expert, instanceId);
    await expert.context().setOffline(true);
    await new FormHand(expert).write('会诊意见', words);
    await isKept(expert);
    expert = await reopened(expert, '/settings');
    await expect.poll(() => draftOf(expert, address)).toContain(words);
    await expect.poll(() => indicator(expert).count()).toBe(0);
    await expert.context().close();
  });

  it('is not overwritten by what another device saved meanwhile, nor the other way round', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    const [mine, theirs] = [`手机${randomUUID()}`, `电脑${randomUUID()}`];
    let phone = await onPhone(EXPERT);
    const address = await openOwn(phone, instanceId);
    const desk = await browser.signedIn(EXPERT);
    await goTo(desk, address);
    await phone.context().setOffline(true);
    await new FormHand(phone).write('会诊意见', mine);
    await isKept(phone);
    await new FormHand(desk).write('会诊意见', theirs);
    await isSaved(desk);

    phone = await reopened(phone, address);
    await phone.getByText('另一个页面或另一台设备上有这份草稿的新版本').waitFor();
    await expect.poll(() => new FormHand(phone).written('会诊意见')).toBe(mine);
    expect(await draftOf(phone, address)).toContain(theirs);
    await phone.getByRole('button', { name: '保留这一页的内容' }).tap();
    await isSaved(phone);
    expect(await draftOf(phone, address)).toContain(mine);
    await Promise.all([phone.context().close(), desk.context().close()]);
  });

  it('is neither seen nor sent by whoever signs in next on the device, and comes back to its author', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    const words = `离线记号${randomUUID()}`;
    let phone = await onPhone(EXPERT);
    const address = await openOwn(phone, instanceId);
    await phone.context().setOffline(true);
    await new FormHand(phone).write('会诊意见', words);
    await isKept(phone);
    const device = await killed(phone);
    await signInHere(device, MANAGER);
    phone = await opened(device, '/inbox');
    await phone.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
    expect(await keptCount(phone)).toBe(1);
    expect(await indicator(phone).count()).toBe(0);
    await goTo(phone, '/settings');
    await phone.getByRole('main').getByRole('button', { name: '退出登录' }).tap();
    await phone.waitForURL(/sign-in/);
    expect(await keptCount(phone)).toBe(1);

    await signInHere(device, EXPERT);
    expect(await draftOf(phone, address)).toBe('');
    await goTo(phone, address);
    await expect.poll(() => new FormHand(phone).written('会诊意见')).toBe(words);
    await isSaved(phone);
    await phone.context().close();
  });

  it('is asked after before somebody signs out, and then is gone', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    let phone = await onPhone(EXPERT);
    await openOwn(phone, instanceId);
    await phone.context().route('**/api/drafts', (route) => route.abort());
    await new FormHand(phone).write('会诊意见', '还没有保存');
    await isKept(phone);
    phone = await reopened(phone, '/settings');
    const signOut = phone.getByRole('main').getByRole('button', { name: '退出登录' });
    await signOut.tap();
    const dialog = phone.getByRole('dialog', { name: '退出会丢失没有保存的内容' });
    await dialog.getByText('本机还有 1 份内容没有到达服务器').waitFor();
    await dialog.getByRole('button', { name: '取消' }).tap();
    expect(await keptCount(phone)).toBe(1);
    await signOut.tap();
    await dialog.getByRole('button', { name: '删除并退出' }).tap();
    await phone.waitForURL(/sign-in/);
    expect(await keptCount(phone)).toBe(0);
    await phone.context().close();
  });
});

describe('what is sent without a connection', () => {
  it('says that it is not sent, waits, and is sent once, though the first answer was lost', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    const expert = await onPhone(EXPERT);
    // The news of the step would come before its answer.
    await expert.route('**/api/live*', (route) => route.abort());
    await openOwn(expert, instanceId);
    const before = (await submissionsOf(expert, instanceId)).length;
    await writeOpinion(expert, '右肺上叶结节，三个月后复查。');
    // The command arrives; its answer does not.
    const ids = new Set<string>();
    await expert.route('**/complete', async (route) => {
      ids.add(route.request().postDataJSON().commandId);
      await route.fetch();
      await route.abort();
    });
    await outcomeButton(expert, '签署意见').tap();
    await expert.getByRole('dialog', { name: NOT_SENT }).waitFor();
    await expert.context().setOffline(true);
    await keepToSend(expert);
    await expert.unroute('**/complete');
    expert.on('request', (request) => {
      if (request.url().endsWith('/complete')) ids.add(request.postDataJSON().commandId);
    });
    await expert.context().setOffline(false);
    await wasDecided(expert, '签署意见');
    expect(ids.size).toBe(1);
    expect((await submissionsOf(expert, instanceId)).length).toBe(before + 1);
    await expect.poll(() => keptCount(expert)).toBe(0);
    await expert.context().close();
  });

  it('goes also when the page was closed meanwhile', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    let expert = await onPhone(EXPERT);
    await openOwn(expert, instanceId);
    const before = (await submissionsOf(expert, instanceId)).length;
    await writeOpinion(expert, '建议增强 CT。');
    await expert.context().setOffline(true);
    await outcomeButton(expert, '签署意见').tap();
    await keepToSend(expert);
    expect((await submissionsOf(expert, instanceId)).length).toBe(before);
    expert = await reopened(expert, '/inbox');
    await expert.getByText('已提交', { exact: true }).waitFor();
    expect((await submissionsOf(expert, instanceId)).length).toBe(before + 1);
    await expert.context().close();
  });

  it('can be taken back before it goes', async () => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    const expert = await onPhone(EXPERT);
    const address = await openOwn(expert, instanceId);
    const before = (await submissionsOf(expert, instanceId)).length;
    const words = `收回${randomUUID()}`;
    await writeOpinion(expert, words);
    await expert.context().setOffline(true);
    await outcomeButton(expert, '签署意见').tap();
    await keepToSend(expert);
    await indicator(expert).tap();
    const kept = expert.getByRole('list', { name: '保存在本机的内容' });
    await kept.getByText('尚未提交，联网后自动提交。').waitFor();
    // It lies over the page.
    await indicator(expert).tap();
    await kept.waitFor({ state: 'hidden' });
    await expert.getByRole('main').getByRole('button', { name: '撤回，回到表单' }).tap();
    await expect.poll(() => new FormHand(expert).written('会诊意见')).toBe(words);
    await expert.context().setOffline(false);
    await expect.poll(() => draftOf(expert, address)).toContain(words);
    await isSaved(expert);
    expect((await submissionsOf(expert, instanceId)).length).toBe(before);
    await expert.context().close();
  });

  it('is refused where the task has gone another way, and the answers are there to be copied', async () => {
    const { instanceId } = await anInstanceLike('waiting-for-review');
    const [manager, applicant] = await Promise.all([onPhone(MANAGER), browser.signedIn('p-wu-tong')]);
    const address = await openOwn(manager, instanceId);
    const form = new FormHand(manager);
    await answerChecklist(form, 'consult');
    await manager.context().setOffline(true);
    await outcomeButton(manager, '通过').tap();
    await keepToSend(manager);
    const withdrawn = await applicant.request.post(`/api/instances/${instanceId}/actions/withdraw`, {
      headers: { origin: new URL(manager.url()).origin },
      data: { commandId: randomUUID(), reasonCode: 'mistake', reason: '误申请' },
    });
    expect([withdrawn.status(), withdrawn.ok() ? '' : await withdrawn.text()]).toEqual([200, '']);
    await manager.context().setOffline(false);
    await manager.getByRole('heading', { name: '这个任务已经不需要了' }).waitFor();
    await manager.getByRole('heading', { name: '您填写的内容' }).waitFor();
    await manager.getByRole('main').getByText('知情同意有效').first().waitFor();

    // Another day the answers are still there, until their author throws them away.
    const again = await reopened(manager, address);
    await again.getByRole('heading', { name: '您填写的内容' }).waitFor();
    await indicator(again).tap();
    await again
      .getByRole('list', { name: '保存在本机的内容' })
      .getByText(/没能提交/)
      .waitFor();
    await again.keyboard.press('Escape');
    await again.getByRole('main').getByRole('button', { name: '从本机删除' }).tap();
    await expect.poll(() => keptCount(again)).toBe(0);
    await Promise.all([again.context().close(), applicant.context().close()]);
  });

  it('starts an application once', async () => {
    const applicant = await onPhone('p-zhao-heng');
    const listed = async () =>
      ((await (await applicant.request.get('/api/inbox?list=started&limit=50')).json()) as InboxPage).rows.map(
        ({ instanceId }) => instanceId,
      );
    await openForm(applicant, await filledDraft(applicant, 'p-zhao-heng'));
    const before = await listed();
    await applicant.context().setOffline(true);
    await applicant.getByRole('button', { name: '提交申请' }).tap();
    await keepToSend(applicant);
    expect(await listed()).toEqual(before);
    await applicant.context().setOffline(false);
    await applicant.getByRole('heading', { name: '申请已提交' }).waitFor();
    const started = (await listed()).filter((id) => !before.includes(id));
    expect(started).toHaveLength(1);
    expect(applicant.url()).toContain(started[0]);
    await applicant.context().close();
  });
});

describe('a page that nobody answers', () => {
  it.each([
    ['zh-CN', '连不上服务器', /等待保存：1 份/, '重试'],
    ['en', 'No connection to the server', /Waiting to be saved: 1/, 'Try again'],
  ] as const)('says in %s what is kept here, is stored nowhere, and goes by itself', async (locale, title, kept, retry) => {
    const { instanceId } = await anInstanceLike('opinion-to-sign');
    const expert = await browser.signedIn(EXPERT, { viewport: PHONE, locale });
    const address = await openOwn(expert, instanceId, locale === 'en' ? 'Claim and start' : '认领并处理');
    await expert.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await expert.context().setOffline(true);
    await new FormHand(expert).write(locale === 'en' ? 'Opinion' : '会诊意见', '写在电梯里');
    await expert.getByText(locale === 'en' ? /Kept on this device; saved/ : KEPT).waitFor();
    await expert.reload();
    await expert.getByRole('heading', { name: title }).waitFor();
    await expert.getByText(kept).waitFor();
    await expert.getByRole('link', { name: retry }).waitFor();
    expect(await expert.evaluate(() => [document.documentElement.lang, document.documentElement.scrollWidth - innerWidth])).toEqual([
      locale,
      0,
    ]);
    expect(await expert.evaluate(() => caches.keys())).toEqual([]);
    await expert.context().setOffline(false);
    await expert.getByRole('heading', { name: title }).waitFor({ state: 'detached' });
    await expect.poll(() => draftOf(expert, address)).toContain('写在电梯里');
    await expert.context().close();
  });
});
