/** A standard from the draft to the members that adopt it, and to the version that replaces it: clicked by experts, management, hospitals and quality control. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StandardView } from '#api/views/standards.ts';
import { smallPdf } from '#bin/seed/small-pdf.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import {
  claimByThumb,
  claimFromList,
  decide,
  findInList,
  giveReason,
  openFromList,
  outcomeButton,
  wasDecided,
} from '#test/support/browser-task.ts';
import { until } from '#test/support/until.ts';

const [DRAFTER, EXPERT, MANAGER, CONTROLLER] = ['p-shen-yi', 'p-luo-qing', 'p-he-jing', 'p-tang-min'] as const;
const [SHITAN, LUYUAN] = ['p-shitan-head', 'p-luyuan-head'] as const;
/** General hospitals of counties in the sample network. */
const COUNTIES = ['鹿原县人民医院', '石滩县人民医院'];
/** Publishing and pushing are done by programs; on two cores that many share they can be slow. */
const PROGRAMS_MS = 120_000;

const browser = browserOfFile();
const onPhone = (personId: string) => browser.signedIn(personId, { viewport: PHONE });

async function briefly(personId: string, work: (page: Page) => Promise<void>, page = browser.signedIn(personId)): Promise<void> {
  await work(await page);
  await (await page).context().close();
}

const waitsFor = (page: Page, step: string) => page.getByRole('list', { name: '等待处理' }).getByText(step, { exact: true }).waitFor();
const library = (page: Page) => page.getByRole('table', { name: '规范标准库' });
const boardRow = (page: Page, hospital: string) =>
  page.getByRole('table', { name: '各成员单位的进度' }).getByRole('row').filter({ hasText: hospital });
const numberOf = async (page: Page): Promise<string> =>
  /编号 (\S+?)。/.exec((await page.getByRole('main').getByRole('status').textContent()) ?? '')?.[1] ?? '';

/** Of this test run alone: the library keeps every version for ever. */
const TITLE = `县级医院深静脉血栓预防规范 ${randomUUID().slice(0, 6)}`;

/** From the library to a submitted draft, as an expert does it. */
async function draft(expert: Page, { version, replaces }: { readonly version: string; readonly replaces?: string }): Promise<string> {
  await goTo(expert, '/standards');
  await expert.getByRole('link', { name: '起草新标准' }).click();
  await expert.getByRole('button', { name: '提交申请' }).waitFor();
  const form = new FormHand(expert);
  await form.write('名称', TITLE);
  await form.write('编号', 'LJ-2026-09');
  await form.write('版本', version);
  await form.choose('类别', '诊疗规范');
  await form.write('适用范围', '县级综合医院的外科、骨科与重症病区');
  await expert
    .getByRole('main')
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: `血栓预防-${version}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(smallPdf()) });
  await expert.getByRole('link', { name: `血栓预防-${version}.pdf` }).waitFor();
  await form.date('施行日期', inDays(10));
  if (replaces !== undefined) await form.pick('替代的现行标准', replaces);
  await form.choose('采纳前须培训', '是');
  await form.write('培训课程或链接', '云课堂：血栓风险评估');
  await expert.getByRole('button', { name: '提交申请' }).click();
  await expert.getByRole('heading', { name: '申请已提交' }).waitFor();
  return numberOf(expert);
}

async function review(page: Page): Promise<void> {
  const form = new FormHand(page);
  for (const point of ['依据充分', '表述清楚', '基层可行']) await form.choose(point, '5 优');
  await form.write('评审意见', '依据充分，基层可行。');
  await form.sign();
}

async function publish(manager: Page): Promise<void> {
  const form = new FormHand(manager);
  await form.tick('层级', '县级');
  await form.tick('机构类别', '综合医院');
  await form.date('采纳期限', inDays(60));
  await decide(manager, '发布');
}

/** The version in the library, once the programs have published it and told the counties. */
const published = (page: Page, version: string): Promise<StandardView> =>
  until(
    `version ${version} has reached the counties`,
    async () => {
      const { standards } = await (await page.request.get(`/api/standards?q=${encodeURIComponent(TITLE)}`)).json();
      const entry = standards.find((each: StandardView) => each.version === version);
      if (!entry) return null;
      const view: StandardView = await (await page.request.get(`/api/standards/${entry.id}`)).json();
      return COUNTIES.every((name) => view.board?.rows.some(({ organisation }) => organisation.name === name)) && view;
    },
    PROGRAMS_MS,
  );

/** The number of the member's own adoption, as the list of what can be taken shows it. */
async function adoptionOf(member: Page, standardId: string): Promise<string> {
  return until(
    'the member is asked',
    async () => {
      const view: StandardView = await (await member.request.get(`/api/standards/${standardId}`)).json();
      if (!view.own) return null;
      const instance = await (await member.request.get(`/api/instances/${view.own.instanceId}`)).json();
      return instance.header.number as string;
    },
    PROGRAMS_MS,
  );
}

describe('a standard', () => {
  let drafter: Page;
  let manager: Page;
  let number: string;
  let first: StandardView;

  beforeAll(async () => {
    [drafter, manager] = await Promise.all([browser.signedIn(DRAFTER), browser.signedIn(MANAGER)]);
  });

  it('is drafted by an expert from the library, where members have no such button', async () => {
    await briefly(SHITAN, async (member) => {
      await goTo(member, '/standards');
      await library(member).or(member.getByText('还没有发布过规范标准')).first().waitFor();
      expect(await member.getByRole('link', { name: '起草新标准' }).count()).toBe(0);
    });
    number = await draft(drafter, { version: '1.0' });
    await drafter.getByRole('button', { name: '查看业务单' }).click();
    await waitsFor(drafter, '专家评审');
  });

  it('is not reviewed by whoever drafted it, but returned by another expert, amended, and passed', async () => {
    await goTo(drafter, '/inbox?list=claimable');
    await drafter.getByRole('textbox', { name: '在列表中查找' }).fill(number);
    await drafter.getByText('没有符合筛选条件的内容').waitFor();
    const expert = await browser.signedIn(EXPERT);
    await claimFromList(expert, number);
    await expert.getByText('县级综合医院的外科、骨科与重症病区').first().waitFor();
    await outcomeButton(expert, '退回修改').click();
    await giveReason(expert, '退回修改', { words: '请写明评分工具。' });
    await wasDecided(expert, '退回修改');

    await openFromList(drafter, number);
    await drafter.getByText('请写明评分工具。').first().waitFor();
    const form = new FormHand(drafter);
    expect(await form.written('名称')).toBe(TITLE);
    await form.write('主要内容与变化', '统一用 Caprini 评分；术前与术后 24 小时各评一次。');
    await decide(drafter, '重新提交');
    await claimFromList(expert, number);
    await review(expert);
    await decide(expert, '通过');
    await expert.context().close();
  });

  it('is published by the management team to the counties, and stands in the library for everybody', async () => {
    await claimFromList(manager, number);
    await publish(manager);
    first = await published(manager, '1.0');
    await goTo(manager, '/standards');
    await manager.getByRole('textbox', { name: '查找名称、编号或适用范围' }).fill(TITLE);
    const row = library(manager).getByRole('row').filter({ hasText: TITLE });
    await row.getByText('现行').waitFor();
    await row.getByRole('link', { name: TITLE }).click();
    await manager.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    for (const hospital of COUNTIES) await boardRow(manager, hospital).getByText('未读', { exact: true }).waitFor();
    // The text opens for who is signed in, whichever hospital they belong to.
    await briefly('p-qingling-head', async (reader) => {
      await goTo(reader, `/standards/${first.id}`);
      const file = reader.getByRole('list', { name: '正文' }).getByRole('link');
      const answer = await reader.request.get((await file.getAttribute('href')) ?? '');
      expect(answer.headers()['content-type']).toContain('application/pdf');
      expect(await reader.getByRole('table', { name: '各成员单位的进度' }).count()).toBe(0);
    });
  });

  it('is read, signed for, trained and adopted by the head of quality of a county on the phone', async () => {
    const member = await onPhone(SHITAN);
    await goTo(member, '/notices');
    await member
      .getByRole('link', { name: /标准|规范/ })
      .first()
      .waitFor();
    const own = await adoptionOf(member, first.id);
    await claimByThumb(member, own);
    // What is to be read stands beside the task.
    await member.getByText(TITLE).first().waitFor();
    const form = new FormHand(member);
    // Nobody signs for what they did not read.
    await outcomeButton(member, '确认已阅读').tap();
    await member
      .getByRole('alert')
      .filter({ hasText: /需要填写或修改/ })
      .waitFor();
    await form.choose('已阅读全文', '是');
    await form.choose('是否适用于本院', '全部适用');
    await form.sign();
    await outcomeButton(member, '确认已阅读').tap();
    await wasDecided(member, '确认已阅读');

    await claimByThumb(member, own);
    await form.choose('方式', '在线课程');
    await form.number('参训人数', 42);
    await form.date('完成日期', inDays(0));
    await outcomeButton(member, '培训完成').tap();
    await wasDecided(member, '培训完成');

    await claimByThumb(member, own);
    await form.choose('采纳情况', '已采纳');
    // Obstacles are asked of who did not adopt it in whole.
    expect(await member.getByRole('group', { name: '障碍', exact: true }).count()).toBe(0);
    await form.date('开始执行日期', inDays(0));
    await outcomeButton(member, '提交').tap();
    await wasDecided(member, '提交');
    await member.context().close();
  });

  it('is adopted only in part by another county, which is offered help and asked again', async () => {
    const member = await browser.signedIn(LUYUAN);
    const own = await adoptionOf(member, first.id);
    await claimFromList(member, own);
    const form = new FormHand(member);
    await form.choose('已阅读全文', '是');
    await form.choose('是否适用于本院', '部分适用');
    await form.sign();
    await decide(member, '确认已阅读');
    await claimFromList(member, own);
    await outcomeButton(member, '无需培训').click();
    await giveReason(member, '无需培训', { words: '去年已全员培训。' });
    await wasDecided(member, '无需培训');
    await claimFromList(member, own);
    await form.choose('采纳情况', '部分采纳');
    await form.date('开始执行日期', inDays(0));
    await form.tick('障碍', '设备或耗材不足');
    await form.write('障碍说明', '间歇充气加压泵不足。');
    await decide(member, '提交');

    const expert = await browser.signedIn(EXPERT);
    await claimFromList(expert, own);
    const help = new FormHand(expert);
    await help.tick('帮扶方式', '设备支持');
    await help.write('安排', '调拨两台加压泵，月底前到位。');
    await help.date('完成日期', inDays(20));
    await decide(expert, '提供帮助');
    await Promise.all([expert.context().close(), member.context().close()]);
  });

  it('shows on its board who adopted it, who in part and why, and urges who owes by one press', async () => {
    await goTo(manager, `/standards/${first.id}`);
    await boardRow(manager, '石滩县人民医院').getByText('已采纳', { exact: true }).waitFor();
    await boardRow(manager, '石滩县人民医院').getByText('核查中', { exact: true }).waitFor();
    const partly = boardRow(manager, '鹿原县人民医院');
    await partly.getByText('部分采纳', { exact: true }).waitFor();
    await partly.getByText('设备或耗材不足', { exact: true }).waitFor();
    await manager.getByText(/^设备或耗材不足 1$/).waitFor();
    await manager
      .getByRole('group', { name: '按状态筛选' })
      .getByRole('button', { name: /^核查中/ })
      .click();
    expect(await boardRow(manager, '鹿原县人民医院').count()).toBe(0);
    await manager.getByRole('group', { name: '按状态筛选' }).getByRole('button', { name: /^全部/ }).click();
    await manager.getByRole('button', { name: /^催办全部未完成/ }).click();
    await manager.getByText(/^已催办 \d+ 家$/).waitFor();
    await briefly(
      LUYUAN,
      async (member) => {
        await goTo(member, '/notices');
        await member.getByRole('link', { name: /催/ }).first().waitFor();
      },
      onPhone(LUYUAN),
    );
  });

  it('is checked by an expert, evaluated by the member, and closed by quality control', async () => {
    const member = await browser.signedIn(SHITAN);
    const own = await adoptionOf(member, first.id);
    const expert = await browser.signedIn(EXPERT);
    await claimFromList(expert, own);
    const check = new FormHand(expert);
    for (const point of ['证明材料', '执行与标准的一致性']) await check.choose(point, '5 优');
    await decide(expert, '核查通过');
    await claimFromList(member, own);
    const feedback = new FormHand(member);
    for (const point of ['有用', '可操作', '培训与帮扶']) await feedback.choose(point, '5 优');
    await feedback.choose('建议修订', '是');
    await feedback.write('修订建议', '补充妊娠患者的剂量。');
    await decide(member, '提交评价');
    await briefly(CONTROLLER, async (controller) => {
      await claimFromList(controller, own);
      const quality = new FormHand(controller);
      for (const point of ['完整性', '及时性', '合规性']) await quality.choose(point, '5 优');
      await quality.choose('结论', '合格');
      await decide(controller, '通过并闭环');
    });
    await goTo(manager, `/standards/${first.id}`);
    await boardRow(manager, '石滩县人民医院').getByText('已闭环', { exact: true }).waitFor();
    await Promise.all([expert.context().close(), member.context().close()]);
  });

  it('is revised: the new version takes its place, and closes what the former still asked of a county', async () => {
    const second = await draft(drafter, { version: '1.1', replaces: TITLE });
    await briefly(EXPERT, async (expert) => {
      await claimFromList(expert, second);
      await review(expert);
      await decide(expert, '通过');
    });
    await claimFromList(manager, second);
    await publish(manager);
    const revised = await published(manager, '1.1');
    await goTo(manager, `/standards/${first.id}`);
    await manager.getByText('已被替代', { exact: true }).first().waitFor();
    await manager.getByRole('link', { name: /本版本已被/ }).click();
    await manager.waitForURL(`**/standards/${revised.id}`);
    await manager.getByText('1.1', { exact: true }).first().waitFor();
    await until(
      'the county is asked for the former no more',
      async () => {
        const view: StandardView = await (await manager.request.get(`/api/standards/${first.id}`)).json();
        return view.board?.rows.some(({ organisation, stage }) => organisation.name === '鹿原县人民医院' && stage === 'superseded');
      },
      PROGRAMS_MS,
    );
    await goTo(manager, '/standards');
    await manager.getByRole('textbox', { name: '查找名称、编号或适用范围' }).fill(TITLE);
    await library(manager).getByRole('row').filter({ hasText: '1.1' }).getByText('现行').waitFor();
    await manager.getByRole('group', { name: '按版本状态筛选' }).getByRole('button', { name: '已被替代' }).click();
    await library(manager).getByRole('row').filter({ hasText: '1.0' }).getByText('已被替代').waitFor();
    // Both promotions stand in the list of who drafted them.
    await findInList(drafter, 'started', second);
  });
});

/** A day in so many days where the hospitals are. */
function inDays(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}
