/** A student is referred from the campus to a hospital and comes back, clicked by each of its people; and what the counsellor may see of it. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InstanceView } from '#api/views.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import {
  claimByThumb,
  claimFromList,
  decide,
  openByThumb,
  openFromList,
  outcomeButton,
  outcomes,
  wasDecided,
} from '#test/support/browser-task.ts';
import { answerChecklist } from '#test/support/review-checklist.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';
import { until } from '#test/support/until.ts';

const STUDENT = 'p-an-ran';
const DOCTOR = 'p-jing-yi';
const HEAD = 'p-qu-zhen';
const RECEIVER = 'p-qi-an';
const COUNSELLOR = 'p-shi-min';

const REASON = '金丝雀：校医务室无法拍片';
const COURSE = '金丝雀：右侧气胸，吸氧后复张。';
/** What the counsellor must not learn: why, where, in which department, and what came of it. */
const NOT_FOR_COUNSELLOR = ['金丝雀', '气胸', '胸痛', '呼吸', 'respiratory', '附属第一医院'];
/** On two cores that many share a worker can be slow. */
const PROGRAMS_MS = 120_000;

const browser = browserOfFile();
const onPhone = (personId: string) => browser.signedIn(personId, { viewport: PHONE });

async function briefly(personId: string, work: (page: Page) => Promise<void>, page = browser.signedIn(personId)): Promise<void> {
  await work(await page);
  await (await page).context().close();
}

const waitsFor = (page: Page, step: string) => page.getByRole('list', { name: '等待处理' }).getByText(step, { exact: true }).waitFor();

/** The number of what the referral opened for others, as the school doctor sees it. */
async function opened(page: Page, instanceId: string, prefix: string): Promise<{ readonly number: string; readonly instanceId: string }> {
  const found = await until(
    `${prefix} is opened`,
    async () => {
      const view: InstanceView = await (await page.request.get(`/api/instances/${instanceId}`)).json();
      return view.linked.find(({ number }) => number.startsWith(prefix));
    },
    PROGRAMS_MS,
  );
  return found;
}

async function fillApplication(doctor: Page, { letsTell }: { readonly letsTell: boolean }): Promise<void> {
  const form = new FormHand(doctor);
  const matter = form.section('转诊事项');
  await matter.choose('转诊方向', '校内转校外');
  await matter.choose('紧急程度', '普通');
  await matter.pick('相关专科', '呼吸');
  await matter.tick('转诊目的', '门诊');
  await matter.choose('病情', '稳定');
  await matter.choose('转运方式', '自行前往');
  await matter.date('期望日期', inDays(2));
  await matter.pick('意向接收机构', '岚江大学附属第一医院');
  await matter.write('转诊理由', REASON);
  const campus = form.section('校内信息');
  await campus.pick('学生', '安然');
  await campus.write('学号', '2025030417');
  await campus.write('监护人或紧急联系人', '安建国');
  await campus.write('联系人电话', '19900100001');
  await campus.choose('学生同意告知辅导员（仅告知离校与返校，不含诊疗信息）', letsTell ? '是' : '否');
  if (letsTell) await campus.pick('辅导员', '石敏');
  const by = form.section('申请人');
  await by.pick('申请科室', '全科');
  await by.write('联系电话', '13900001111');
  const patient = form.section('患者');
  await patient.write('姓名', '安然');
  await patient.choose('性别', '女');
  await patient.date('出生日期', '2006-09-18');
  await patient.write('联系电话', '13900002222');
  await patient.write('过敏史', '无');
  const clinical = form.section('病情摘要');
  await clinical.write('主诉', '突发右侧胸痛三小时');
  await clinical.write('现病史', '体育课后突发右侧胸痛，轻度气促。');
  await clinical.write('诊断名称', '自发性气胸？');
  const consent = form.section('知情同意');
  await consent.choose('患方已书面同意转诊，并同意向下列机构提供资料', '是');
  await consent.pick('可接收资料的机构', '岚江大学附属第一医院');
  await consent.choose('同意人', '患者本人');
  await consent.sign();
}

describe('a referral from a campus, in the browser', () => {
  let doctor: Page;
  let counsellor: Page;
  let instanceId: string;
  let number: string;
  let absence: { readonly number: string; readonly instanceId: string };

  beforeAll(async () => {
    [doctor, counsellor] = await Promise.all([browser.signedIn(DOCTOR), onPhone(COUNSELLOR)]);
  });

  it('asks for student and counsellor only when it goes from a campus to a hospital', async () => {
    await goTo(doctor, '/apply');
    await doctor.getByRole('link', { name: /^双向转诊/ }).click();
    const campus = doctor.getByRole('region', { name: '校内信息', exact: true });
    const matter = new FormHand(doctor).section('转诊事项');
    // Where a school doctor begins.
    await campus.waitFor();
    await matter.choose('转诊方向', '上转');
    await campus.waitFor({ state: 'detached' });
    await matter.choose('转诊方向', '校内转校外');
    await campus.waitFor();
    // Whom to tell is asked once the student lets somebody be told.
    expect(await campus.getByRole('combobox', { name: '辅导员' }).count()).toBe(0);
  });

  it('is applied for by the school doctor', async () => {
    await fillApplication(doctor, { letsTell: true });
    await doctor.getByRole('button', { name: '提交申请' }).click();
    await doctor.getByRole('heading', { name: '申请已提交' }).waitFor();
    number = /编号 (\S+?)。/.exec((await doctor.getByRole('main').getByRole('status').textContent()) ?? '')?.[1] ?? '';
    await doctor.getByRole('button', { name: '查看业务单' }).click();
    await doctor.waitForURL(/\/instances\//);
    instanceId = new URL(doctor.url()).pathname.split('/')[2] ?? '';
    await waitsFor(doctor, '审核');
  });

  it('is reviewed by the head of the clinic on the phone', async () => {
    await briefly(
      HEAD,
      async (head) => {
        await claimByThumb(head, number);
        const form = new FormHand(head);
        await answerChecklist(form, 'referral');
        await outcomeButton(head, '通过').tap();
        await wasDecided(head, '通过');
      },
      onPhone(HEAD),
    );
    // No dispatcher stands between a campus and its hospital.
    await waitsFor(doctor, '接收评估');
  });

  it('is taken by the hospital, which names a time', async () => {
    await briefly(RECEIVER, async (receiver) => {
      await claimFromList(receiver, number);
      await decide(receiver, '接收');
      await claimFromList(receiver, number);
      const form = new FormHand(receiver);
      await form.choose('安排类型', '门诊或检查号源');
      await form.date('时间', inDays(2, '09:30'));
      await form.pick('科室', '呼吸');
      await decide(receiver, '确定安排');
    });
    await waitsFor(doctor, '转诊准备');
  });

  it('tells the student on the phone where and when', async () => {
    const visit = await opened(doctor, instanceId, 'GZ');
    await briefly(
      STUDENT,
      async (student) => {
        await openByThumb(student, visit.number);
        const main = student.getByRole('main');
        await main.getByText('岚江大学附属第一医院').first().waitFor();
        await main.getByText('呼吸与危重症医学科').first().waitFor();
        await outcomeButton(student, '按时前往').tap();
        await wasDecided(student, '按时前往');
      },
      onPhone(STUDENT),
    );
  });

  it('tells the counsellor on the phone that the student is away, and nothing of why, where or what', async () => {
    absence = await opened(doctor, instanceId, 'LX');
    await goTo(counsellor, '/notices');
    await counsellor
      .getByRole('link', { name: /学生因就医离校，请知悉/ })
      .first()
      .waitFor();
    await openByThumb(counsellor, absence.number);
    const main = counsellor.getByRole('main');
    await main.getByText('安然').first().waitFor();
    await main.getByText(inDays(2)).first().waitFor();
    const seen = [await counsellor.locator('body').textContent()];
    await outcomeButton(counsellor, '已知悉').tap();
    await wasDecided(counsellor, '已知悉');
    await goTo(counsellor, `/instances/${absence.instanceId}`);
    await counsellor.getByRole('heading', { level: 1 }).waitFor();
    await counsellor.getByRole('tab', { name: /时间线/ }).click();
    await counsellor.getByRole('tabpanel').getByText('知悉学生离校').first().waitFor();
    seen.push(await counsellor.locator('body').textContent());
    for (const word of NOT_FOR_COUNSELLOR) expect(seen.join('\n')).not.toContain(word);
    // And the referral is not there.
    await goTo(counsellor, `/instances/${instanceId}`);
    await counsellor.getByRole('heading', { name: '没有找到这个页面' }).waitFor();
    expect((await counsellor.request.get(`/api/instances/${instanceId}`)).status()).toBe(404);
  });

  it('comes back with a reply that says from when the student may return', async () => {
    await openFromList(doctor, number);
    const preparation = new FormHand(doctor);
    for (const point of ['患者已告知并可到场', '资料与检查已上传', '转运与陪同已落实', '交接清单已备', '确认已备妥'])
      await preparation.choose(point, '是');
    await decide(doctor, '已备妥');
    await briefly(
      RECEIVER,
      async (receiver) => {
        await claimByThumb(receiver, number);
        const form = new FormHand(receiver);
        await form.choose('当前病情', '稳定');
        await outcomeButton(receiver, '已到院').tap();
        await wasDecided(receiver, '已到院');
        await claimByThumb(receiver, number);
        await outcomes(receiver).getByRole('button', { name: '更多处理结果' }).tap();
        await receiver.getByRole('menuitem', { name: '诊疗结束' }).tap();
        await wasDecided(receiver, '诊疗结束');
        await claimByThumb(receiver, number);
        await form.write('诊疗经过', COURSE);
        await form.write('诊断名称', '右侧自发性气胸');
        await form.select('去向', '回家，由转出方随访');
        await form.write('给转出方的建议', '两周内避免剧烈运动。');
        await form.sign();
        const back = form.section('返校意见（给校医务室）');
        await back.select('能否返校复课', '可以，活动受限');
        await back.date('可返校日期', inDays(5));
        await back.write('限制与注意事项（如免体育、隔离、用药）', '两个月内免体育课');
        await outcomeButton(receiver, '签署回复').tap();
        await wasDecided(receiver, '签署回复');
      },
      onPhone(RECEIVER),
    );
  });

  it('has the return assessed by the school doctor, beginning with the hospital’s date, and opens the follow-up', async () => {
    await openFromList(doctor, number);
    const form = new FormHand(doctor);
    await doctor.getByText('两个月内免体育课').first().waitFor();
    expect(await form.written('可返校日期')).toBe(inDays(5));
    await form.write('复诊情况', '呼吸音对称，无胸痛。');
    await decide(doctor, '可以返校复课');
    await opened(doctor, instanceId, 'SF');
  });

  it('lets the counsellor confirm that the student is back', async () => {
    await until(
      'the counsellor is asked',
      async () => {
        const view: InstanceView = await (await counsellor.request.get(`/api/instances/${absence.instanceId}`)).json();
        return view.header.waitingFor.length > 0;
      },
      PROGRAMS_MS,
    );
    await openByThumb(counsellor, absence.number);
    await counsellor.getByRole('main').getByText(inDays(5)).first().waitFor();
    const seen = await counsellor.locator('body').textContent();
    for (const word of NOT_FOR_COUNSELLOR) expect(seen).not.toContain(word);
    await outcomeButton(counsellor, '已返校').tap();
    await wasDecided(counsellor, '已返校');
  });
});

describe('a student who changes their mind', () => {
  it('has the school doctor take the consent back, after which the counsellor has no task and hears no more', async () => {
    const { instanceId } = await anInstanceLike('referral-campus-on-the-way');
    const [doctor, counsellor] = await Promise.all([browser.signedIn(DOCTOR), browser.signedIn(COUNSELLOR)]);
    const absence = await opened(doctor, instanceId, 'LX');
    await goTo(doctor, `/instances/${absence.instanceId}`);
    await doctor.getByRole('button', { name: '学生撤回告知同意' }).click();
    const dialog = doctor.getByRole('dialog');
    await dialog.getByRole('button', { name: '学生撤回告知同意', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await goTo(counsellor, '/inbox?list=todo');
    await counsellor.getByRole('textbox', { name: '在列表中查找' }).fill(absence.number);
    await counsellor.getByText('没有符合筛选条件的内容').waitFor();
    await goTo(counsellor, `/instances/${absence.instanceId}`);
    await counsellor.getByRole('main').getByText('不再告知', { exact: true }).first().waitFor();
    await Promise.all([doctor.context().close(), counsellor.context().close()]);
  });
});

/** A day in so many days where the hospitals are, or a time of it. */
function inDays(days: number, time?: string): string {
  const day = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return time === undefined ? day : `${day} ${time}`;
}
