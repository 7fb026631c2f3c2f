/** A patient goes up to the city hospital and comes back, clicked by each of its people; and the branches in which somebody could be told too much, or nothing. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import {
  claimByThumb,
  claimFromList,
  decide,
  findInList,
  giveReason,
  openFromList,
  openTaskOf,
  outcomeButton,
  outcomes,
  rowOf,
  wasDecided,
} from '#test/support/browser-task.ts';
import { answerChecklist } from '#test/support/review-checklist.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';

const PATIENT = '闻人秋';
const COURSE = '支气管镜取样，明确为肺炎克雷伯菌，静脉抗感染十四天。';
const SENDER = 'p-zhou-yan';
const RECEIVER = 'p-chen-xi';
const MANAGER = 'p-he-jing';

const browser = browserOfFile();
const onPhone = (personId: string) => browser.signedIn(personId, { viewport: PHONE });

/** Somebody who comes for one task. */
async function briefly(personId: string, work: (page: Page) => Promise<void>, page = browser.signedIn(personId)): Promise<void> {
  await work(await page);
  await (await page).context().close();
}

const waitsFor = (page: Page, step: string) => page.getByRole('list', { name: '等待处理' }).getByText(step, { exact: true }).waitFor();
const linkedFrom = (page: Page) => page.getByRole('region', { name: '关联业务单' });
const dialogOf = (page: Page) => page.getByRole('dialog');

describe('a referral up, in the browser', () => {
  let sender: Page;
  let receiver: Page;
  /** The sender's second window: the page of the instance, which nobody ever reloads. */
  let watched: Page;
  let number: string;

  beforeAll(async () => {
    [sender, receiver] = await Promise.all([browser.signedIn(SENDER), onPhone(RECEIVER)]);
  });

  it('is applied for by the doctor of the county hospital, with consent for the hospital that is to have the record', async () => {
    await goTo(sender, '/apply');
    await sender.getByRole('link', { name: /^双向转诊/ }).click();
    const form = new FormHand(sender);
    const matter = form.section('转诊事项');
    await matter.choose('转诊方向', '上转');
    await matter.choose('紧急程度', '普通');
    await matter.pick('相关专科', '呼吸');
    await matter.tick('转诊目的', '住院');
    await matter.choose('病情', '稳定');
    await matter.choose('转运方式', '自行前往');
    await matter.date('期望日期', inDays(3));
    await matter.pick('意向接收机构', '青岭市中心医院');
    await matter.write('转诊理由', '抗感染治疗无效，本院不能行气管镜');
    const by = form.section('申请人');
    await by.pick('申请科室', '全科');
    await by.write('联系电话', '13900001111');
    const patient = form.section('患者');
    await patient.write('姓名', PATIENT);
    await patient.choose('性别', '女');
    await patient.date('出生日期', '1961-04-05');
    await patient.write('联系电话', '13900002222');
    await patient.write('过敏史', '青霉素');
    const clinical = form.section('病情摘要');
    await clinical.write('主诉', '发热、咳嗽三周');
    await clinical.write('现病史', '抗感染治疗十六天，体温仍反复，右下肺实变。');
    await clinical.write('诊断名称', '肺部感染，病原待查');
    const consent = form.section('知情同意');
    await consent.choose('患方已书面同意转诊，并同意向下列机构提供资料', '是');
    await consent.pick('可接收资料的机构', '青岭市中心医院');
    await consent.choose('同意人', '患者本人');
    await consent.sign();
    await sender.getByRole('button', { name: '提交申请' }).click();
    await sender.getByRole('heading', { name: '申请已提交' }).waitFor();
    number = /编号 (\S+?)。/.exec((await sender.getByRole('main').getByRole('status').textContent()) ?? '')?.[1] ?? '';
    expect(number).toMatch(/^ZZ/);
    await sender.getByRole('button', { name: '查看业务单' }).click();
    await sender.waitForURL(/\/instances\//);
    watched = await browser.signedIn(SENDER);
    await goTo(watched, sender.url());
    await waitsFor(watched, '审核');
  });

  it('is approved by a manager on the phone', async () => {
    await briefly(
      MANAGER,
      async (manager) => {
        await claimByThumb(manager, number);
        const form = new FormHand(manager);
        await answerChecklist(form, 'referral');
        await outcomeButton(manager, '通过').tap();
        await wasDecided(manager, '通过');
      },
      onPhone(MANAGER),
    );
    await waitsFor(watched, '分流派送');
  });

  it('is dispatched to the hospital that the rule proposes', async () => {
    await briefly('p-xu-lei', async (dispatcher) => {
      await claimFromList(dispatcher, number);
      await dispatcher.getByText('青岭市中心医院').first().waitFor();
      await decide(dispatcher, '按建议派送');
    });
    await waitsFor(watched, '接收评估');
  });

  it('is accepted and given a bed by the receiving doctor on the phone, who is told which fields that needs', async () => {
    await claimByThumb(receiver, number);
    await receiver.getByText(PATIENT).first().waitFor();
    await outcomeButton(receiver, '接收').tap();
    await wasDecided(receiver, '接收');
    await waitsFor(watched, '安排床位或号源');

    await claimByThumb(receiver, number);
    const form = new FormHand(receiver);
    await expect.poll(() => receiver.getByRole('region', { name: '安排', exact: true }).getByText('选择“确定安排”时必填').count()).toBe(3);
    await outcomeButton(receiver, '确定安排').tap();
    await receiver
      .getByRole('alert')
      .filter({ hasText: /有 2 处需要填写或修改/ })
      .waitFor();
    const missing = receiver.getByRole('textbox', { name: '时间', exact: true });
    await expect.poll(() => missing.evaluate((field) => field === document.activeElement)).toBe(true);
    await form.date('时间', inDays(2, '09:30'));
    await form.pick('科室', '呼吸');
    await form.write('病区', '呼吸内科一病区');
    await outcomeButton(receiver, '确定安排').tap();
    await wasDecided(receiver, '确定安排');
    await waitsFor(watched, '转诊准备');
  });

  it('shows the sender the admission certificate, with its number, until when it holds, and that it is not used yet', async () => {
    const certificate = watched.getByRole('region', { name: '安排与凭证' });
    await certificate.getByText('已签发').waitFor();
    await expect.poll(() => certificate.textContent()).toContain('青岭市中心医院');
    await expect.poll(() => certificate.textContent()).toMatch(/入院证号\s*\S+/);
  });

  it('is prepared by the sender', async () => {
    await openFromList(sender, number);
    const form = new FormHand(sender);
    for (const point of ['患者已告知并可到场', '资料与检查已上传', '转运与陪同已落实', '交接清单已备', '确认已备妥'])
      await form.choose(point, '是');
    await decide(sender, '已备妥');
  });

  it('arrives, is treated and answered on the phone by the receiving doctor, who sends the patient back', async () => {
    await claimByThumb(receiver, number);
    await new FormHand(receiver).choose('当前病情', '稳定');
    await outcomeButton(receiver, '已到院').tap();
    await wasDecided(receiver, '已到院');
    await waitsFor(watched, '诊疗');
    await watched.getByRole('region', { name: '安排与凭证' }).getByText('已使用').waitFor();

    await claimByThumb(receiver, number);
    await outcomes(receiver).getByRole('button', { name: '更多处理结果' }).tap();
    await receiver.getByRole('menuitem', { name: '诊疗结束' }).tap();
    await wasDecided(receiver, '诊疗结束');

    await claimByThumb(receiver, number);
    const form = new FormHand(receiver);
    await form.write('诊疗经过', COURSE);
    await form.write('诊断名称', '肺炎克雷伯菌肺炎');
    await form.select('去向', '下转康复或继续治疗');
    await form.write('给转出方的建议', '继续口服两周，复查 CT。');
    await form.sign();
    await outcomeButton(receiver, '签署回复').tap();
    await wasDecided(receiver, '签署回复');
    await waitsFor(watched, '转出方审阅');
  });

  it('shows the sender the follow-up that it opened and leads there, where the plan begins with the patient', async () => {
    await linkedFrom(watched).getByRole('link', { name: /SF/ }).click();
    await watched.getByRole('heading', { name: '患者随访' }).waitFor();
    await watched.getByRole('link', { name: '轮到您：制定随访计划' }).click();
    await outcomes(watched).waitFor();
    expect(await new FormHand(watched).section('患者').written('姓名')).toBe(PATIENT);
    await watched.goBack();
    // And back.
    await linkedFrom(watched)
      .getByRole('link', { name: new RegExp(number) })
      .click();
    await waitsFor(watched, '转出方审阅');
  });

  it('leads the receiving doctor to the down-referral that it opened, which begins with patient and summary', async () => {
    const doctor = await browser.signedIn(RECEIVER);
    await goTo(doctor, watched.url());
    await linkedFrom(doctor).getByRole('link', { name: /ZZ/ }).click();
    await doctor.getByRole('link', { name: '轮到您：填写转诊申请' }).click();
    await outcomes(doctor).waitFor();
    const form = new FormHand(doctor);
    expect(await form.section('患者').written('姓名')).toBe(PATIENT);
    await doctor.context().close();
  });

  it('is reviewed and evaluated by the sender, evaluated by the receiver, and closed by quality control', async () => {
    await openFromList(sender, number);
    const form = new FormHand(sender);
    await sender.getByText(COURSE).first().waitFor();
    await form.choose('意见采纳', '全部采纳');
    await form.choose('首次复诊或随访已完成', '是');
    await decide(sender, '已审阅');
    await openFromList(sender, number);
    await form.choose('问题已解决', '是');
    for (const point of ['有用', '及时', '态度', '技术质量']) await form.choose(point, '5 很好');
    await decide(sender, '提交评价');

    await claimByThumb(receiver, number);
    const answer = new FormHand(receiver);
    for (const point of ['资料质量', '指征符合', '配合程度', '技术质量']) await answer.choose(point, '5 很好');
    await outcomeButton(receiver, '提交评价').tap();
    await wasDecided(receiver, '提交评价');

    await briefly('p-tang-min', async (controller) => {
      await claimFromList(controller, number);
      const quality = new FormHand(controller);
      for (const point of ['完整', '及时', '合规', '回复质量']) await quality.choose(point, '5 很好');
      await quality.choose('结论', '合格');
      await decide(controller, '通过并闭环');
    });
    await watched.getByText(/个环节都已完成/).waitFor();
    await findInList(sender, 'started', number);
    await rowOf(sender, number).getByText('已闭环').waitFor();
  });
});

describe('a receiving hospital', () => {
  it('declines only with a reason from the list, which the sender reads before sending the patient elsewhere, with a consent of its own', async () => {
    const { number } = await anInstanceLike('referral-to-triage');
    const [sender, receiver] = await Promise.all([browser.signedIn(SENDER), browser.signedIn(RECEIVER)]);
    await claimFromList(receiver, number);
    await outcomeButton(receiver, '谢绝').click();
    await dialogOf(receiver).getByRole('button', { name: '谢绝', exact: true }).click();
    await dialogOf(receiver).getByText('请选择原因类别。').waitFor();
    await giveReason(receiver, '谢绝', { code: '无床位或号源', words: '两周内无床位。' });
    await wasDecided(receiver, '谢绝');

    await openFromList(sender, number);
    const remark = sender.getByRole('region', { name: '退回说明' });
    await expect.poll(() => remark.textContent()).toContain('两周内无床位。');
    await expect.poll(() => remark.textContent()).toContain('无床位或号源');
    await new FormHand(sender).pick('接收机构', '岚江大学附属第一医院');
    await decide(sender, '改送');
    // Nothing reaches the other hospital before the patient has consented to it.
    const other = await browser.signedIn('p-qi-an');
    await goTo(other, '/inbox?list=claimable');
    await other.getByRole('textbox', { name: '在列表中查找' }).fill(number);
    await other.getByText('没有符合筛选条件的内容').waitFor();
    await openFromList(sender, number);
    const consent = new FormHand(sender);
    await consent.choose('同意人', '患者本人');
    await consent.sign();
    await decide(sender, '已同意');
    await claimFromList(other, number);
    await outcomeButton(other, '接收').waitFor();
    await Promise.all([sender.context().close(), receiver.context().close(), other.context().close()]);
  });

  it('answers a request to cancel after its work has begun, and the sender sees that it waits for that', async () => {
    const { number, instanceId } = await anInstanceLike('referral-in-treatment');
    const [sender, receiver] = await Promise.all([browser.signedIn(SENDER), onPhone(RECEIVER)]);
    await goTo(sender, `/instances/${instanceId}`);
    // Free withdrawal is over.
    expect(await sender.getByRole('button', { name: '撤回申请' }).count()).toBe(0);
    await sender.getByRole('button', { name: '请求取消' }).click();
    await giveReason(sender, '请求取消', { code: '患者或家属不同意', words: '家属要求回当地。' });
    await waitsFor(sender, '答复取消请求');
    await claimByThumb(receiver, number);
    await receiver.getByText('家属要求回当地。').first().waitFor();
    await outcomeButton(receiver, '同意取消').tap();
    await wasDecided(receiver, '同意取消');
    await sender.getByRole('main').getByText('已取消').first().waitFor();
    await Promise.all([sender.context().close(), receiver.context().close()]);
  });

  it('is told nothing more once consent is withdrawn: it loses its task, and reads what it had been told as it stood then', async () => {
    const { number, instanceId } = await anInstanceLike('referral-in-treatment');
    const [sender, receiver] = await Promise.all([browser.signedIn(SENDER), browser.signedIn(RECEIVER)]);
    await goTo(receiver, await openTaskOf(receiver, instanceId));
    await outcomes(receiver).waitFor();
    await goTo(sender, `/instances/${instanceId}`);
    await sender.getByRole('button', { name: '登记撤回同意' }).click();
    await giveReason(sender, '登记撤回同意', { words: '患者不再同意提供资料。' });
    await sender.getByRole('list', { name: '等待处理' }).getByText('改送或结束').waitFor();
    await receiver.getByRole('heading', { name: '这个任务已经不需要了' }).waitFor();

    // What happens from now on is none of its business.
    await openFromList(sender, number);
    await outcomes(sender)
      .getByRole('button', { name: /结束转诊/ })
      .click();
    await giveReason(sender, '结束转诊', { code: '就地处置', words: '金丝雀：以后的事。' });
    await wasDecided(sender, '结束转诊');

    await goTo(receiver, `/instances/${instanceId}`);
    const main = receiver.getByRole('main');
    await main.getByText('患者已撤回同意').first().waitFor();
    await main.getByText('不再告知', { exact: true }).first().waitFor();
    expect(await receiver.getByRole('list', { name: '等待处理' }).count()).toBe(0);
    await receiver.getByRole('tab', { name: /时间线/ }).click();
    await receiver
      .getByRole('tabpanel')
      .getByText(/记录阶段小结/)
      .first()
      .waitFor();
    expect(await main.textContent()).not.toContain('金丝雀');
    const view = await (await receiver.request.get(`/api/instances/${instanceId}`)).text();
    expect(view).not.toContain('金丝雀');
    // Its lists say no more than the page.
    await (await findInList(receiver, 'done', number)).first().click();
    await receiver.getByRole('complementary').getByText('不再告知', { exact: true }).first().waitFor();
    await Promise.all([sender.context().close(), receiver.context().close()]);
  });
});

/** So many days from now, as one types it. */
function inDays(days: number, time?: string): string {
  const local = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return time === undefined ? local : `${local} ${time}`;
}
