/** Orders without a hospital: what their doctor sees, and the desk of the platform’s operators. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { InstanceView } from '#api/views.ts';
import { UNMAPPED_EVERYWHERE } from '#bin/seed/master-data.ts';
import { browserOfFile, DESK, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';

const browser = browserOfFile();

/** A worker that follows a whole sample network on a busy machine takes its time until it comes to the newest order. */
const WORKER_MS = 480_000;

/** Where the order waits for a person, as its doctor sees it. */
async function routedTask(doctor: Page, instanceId: string): Promise<string> {
  const end = Date.now() + WORKER_MS;
  for (;;) {
    const view: InstanceView = await (await doctor.request.get(`/api/instances/${instanceId}`)).json();
    const taskId = view.header.waitingFor[0]?.taskId;
    if (taskId) return `/instances/${instanceId}/tasks/${taskId}`;
    if (Date.now() > end) throw new Error('The order is routed to nobody.');
    await doctor.waitForTimeout(1_000);
  }
}
const DOCTOR = 'p-zhou-yan';
const [WRITER, CHECKER] = ['p-kang-ning', 'p-ruan-qi'] as const;

describe('an order', () => {
  it('names no hospital; its doctor sees who sent it where, and why', async () => {
    const page = await browser.signedIn(DOCTOR, { viewport: DESK });
    await goTo(page, '/apply/order');
    const form = new FormHand(page);
    const items = form.section('医嘱项目');
    await items.pick('外检项目', '头颅 CT 平扫');
    await items.tick('禁忌与注意', '无');
    // What an order asks for names no hospital.
    expect(
      await page
        .getByRole('main')
        .getByRole('combobox', { name: /医院|机构/ })
        .count(),
    ).toBe(0);
    const patient = form.section('患者');
    await patient.write('姓名', '柳青青');
    await patient.choose('性别', '女');
    await patient.date('出生日期', '1980-05-17');
    await patient.write('联系电话', '13800000000');
    await patient.write('过敏史', '无');
    const clinical = form.section('临床资料');
    await clinical.write('临床问题与检查目的', '除外颅内出血');
    await clinical.write('目前诊断', '头痛待查');
    const consent = form.section('知情同意');
    await consent.choose('患方已同意由平台选择的医院承接，并同意向其提供资料', '是');
    await consent.sign();
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByRole('heading', { name: '申请已提交' }).waitFor();
    const instanceId = new URL(page.url()).searchParams.get('instance') ?? '';
    await routedTask(page, instanceId);
    await goTo(page, `/instances/${instanceId}`);
    const panel = page.getByRole('region', { name: '分派' });
    await panel.getByText('青岭市中心医院 · 医学影像科 · 青岭外检执行组').waitFor();
    await panel.getByText('平台规则').waitFor();
    await panel.getByText('本市可做的就近').waitFor();
    const considered = panel.getByRole('list', { name: '逐家结果' }).getByRole('listitem');
    await expect.poll(() => considered.first().textContent()).toMatch(/青岭市中心医院.*承接/);
    await page.context().close();
  }, 600_000);
});

describe('a sheet with items for two hospitals', () => {
  it('is split: its doctor sees which items went where, and opens each of the linked orders', async () => {
    const { instanceId } = await anInstanceLike('order-exam-split');
    const page = await browser.signedIn(DOCTOR, { viewport: DESK });
    const end = Date.now() + WORKER_MS;
    for (let parts = 0; parts < 2; ) {
      const view: InstanceView = await (await page.request.get(`/api/instances/${instanceId}`)).json();
      parts = view.linked.filter(({ relation }) => relation === 'opened').length;
      if (Date.now() > end) throw new Error('The sheet is not split.');
      if (parts < 2) await page.waitForTimeout(1_000);
    }
    await goTo(page, `/instances/${instanceId}`);
    await page.getByText('没有一家能全部承接，拆分为 2 份医嘱，一并闭环').waitFor();
    const parts = page.getByRole('list', { name: '拆分后的各份医嘱' });
    await parts
      .getByRole('listitem')
      .filter({ hasText: '青岭市中心医院' })
      .getByText(/胃镜|内镜/)
      .waitFor();
    await parts.getByRole('listitem').filter({ hasText: '岚江大学附属第一医院' }).waitFor();
    const linked = page.getByRole('region', { name: '关联业务单' }).getByRole('link', { name: /JY/ });
    await expect.poll(() => linked.count()).toBe(2);
    const order = (await linked.first().getAttribute('href')) ?? '';
    await linked.first().click();
    await page.waitForURL(`**${order}`);
    await linked.and(page.locator(`[href="/instances/${instanceId}"]`)).waitFor();
    await page.context().close();
  });
});

describe('the operators', () => {
  it('read beside an order that waits why it could not be sent, and not for whom it is', async () => {
    const { instanceId } = await anInstanceLike('order-exam-unmapped');
    const doctor = await browser.signedIn(DOCTOR);
    const address = await routedTask(doctor, instanceId);
    await doctor.context().close();
    const page = await browser.signedIn(WRITER, { viewport: DESK });
    await goTo(page, address);
    await page.getByRole('heading', { name: '补充映射或改派' }).waitFor();
    const panel = page.getByRole('region', { name: '分派' });
    await panel.getByText('缺少可用的映射，等待平台运营补充').waitFor();
    await expect.poll(() => panel.getByRole('listitem').first().textContent()).toMatch(/青岭市中心医院未映射.*心脏 MR/);
    expect(await page.getByText('段国庆').count()).toBe(0);
    await page.context().close();
  }, 600_000);

  it('see what waits on desk and phone, and another person approves what one has written', async () => {
    const phone = await browser.signedIn(WRITER, { viewport: PHONE });
    await goTo(phone, '/master-data');
    await phone.getByText(/份医嘱等待补充映射或改派/).waitFor();
    await phone.getByRole('heading', { name: /^未映射/ }).waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await phone.context().close();

    const writer = await browser.signedIn(WRITER, { viewport: DESK });
    await goTo(writer, '/master-data');
    const row = writer
      .getByRole('table', { name: '未映射的项目' })
      .getByRole('row')
      .filter({ hasText: '青岭市中心医院' })
      .filter({ hasText: UNMAPPED_EVERYWHERE });
    await row.getByRole('button', { name: '补充映射' }).click();
    const dialog = writer.getByRole('dialog', { name: '补充映射' });
    await dialog.getByRole('textbox', { name: '院内编码' }).fill('2-0077');
    await dialog.getByRole('button', { name: '提交审核' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const written = writer.getByRole('table', { name: '待审核的映射' }).getByRole('row').filter({ hasText: '2-0077' });
    await written.getByText('自己填写的须由另一人审核。').waitFor();
    await expect.poll(() => written.getByRole('button', { name: '审核通过' }).isDisabled()).toBe(true);

    const checker = await browser.signedIn(CHECKER, { viewport: DESK });
    await goTo(checker, '/master-data');
    const waiting = checker.getByRole('table', { name: '待审核的映射' }).getByRole('row').filter({ hasText: '2-0077' });
    await waiting.getByRole('button', { name: '审核通过' }).click();
    await checker.getByText(/份等待的医嘱正在重新分派/).waitFor();
    await checker.getByText('没有医嘱在等待映射或改派。').waitFor();
    await checker.context().close();
    await writer.context().close();
  });

  it('try a route, and read why each hospital was taken or passed over', async () => {
    const page = await browser.signedIn(WRITER, { viewport: DESK });
    await goTo(page, '/master-data?tab=routing');
    await page.getByRole('combobox', { name: '开单医院' }).fill('石滩');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: '标准项目' }).fill('脑血管');
    await page.locator('.ant-select-item-option').filter({ hasText: '脑血管造影' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /试\s?算/ }).click();
    const considered = page.getByRole('list', { name: '逐家结果' }).getByRole('listitem');
    await considered.first().waitFor();
    expect(await considered.allTextContents()).toEqual([
      expect.stringMatching(/青岭市中心医院不开展/),
      expect.stringMatching(/岚江大学附属第一医院承接/),
      expect.stringMatching(/未轮到/),
      expect.stringMatching(/未轮到/),
    ]);
    await page.getByText('本市可做的就近').first().waitFor();
    await page.context().close();
  });

  it.each(['worklist', 'mappings', 'dictionaries', 'routing', 'history'])(
    'read the page %s in English without a grave fault',
    async (tab) => {
      const page = await browser.signedIn(CHECKER, { viewport: DESK, locale: 'en' });
      await goTo(page, `/master-data?tab=${tab}&dictionary=test`);
      await page.getByRole('heading', { name: 'Master data', level: 1 }).waitFor();
      await page.getByRole('table').first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
      await page.context().close();
    },
  );
});
