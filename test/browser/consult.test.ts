/** The main job, clicked: one consult from application to closed loop, each person at a browser of their own. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallPdf } from '#bin/seed/small-pdf.ts';
import { browserOfFile, goTo } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { claimFromList, decide, findInList, openFromList, pressInPreview, rowOf } from '#test/support/browser-task.ts';
import { answerChecklist } from '#test/support/review-checklist.ts';

const PATIENT = '顾念慈';
const OPINION = '同意肺部感染诊断，建议支气管镜下取样并调整抗菌方案。';

const browser = browserOfFile();
let applicant: Page;
let executor: Page;
/** The applicant's second window: the page of the instance, which nobody ever reloads. */
let watched: Page;
let number: string;

beforeAll(async () => {
  [applicant, executor] = await Promise.all([browser.signedIn('p-wu-tong'), browser.signedIn('p-dong-liang')]);
});

/** Somebody who comes for one task. */
async function briefly(personId: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.signedIn(personId);
  await work(page);
  await page.context().close();
}

const waitsFor = (step: string) => watched.getByRole('list', { name: '等待处理' }).getByText(step, { exact: true }).waitFor();

describe('a remote consult in the browser', () => {
  it('is applied for by filling in the form, with a file and with those who decide next in sight', async () => {
    await goTo(applicant, '/apply');
    await applicant.getByRole('link', { name: /远程会诊.*四类会诊/ }).click();
    const chain = applicant.getByRole('group').filter({ hasText: '下一步由谁处理' });
    await chain.getByText('审核', { exact: true }).first().waitFor();
    await expect.poll(() => chain.textContent()).toContain('何静');

    const form = new FormHand(applicant);
    const matter = form.section('会诊事项');
    await matter.choose('会诊类型', '疑难病例会诊');
    await matter.choose('紧急程度', '常规');
    await matter.pick('相关专科', '呼吸');
    await matter.write('申请理由', '抗感染治疗效果不佳，病原不明');
    await matter.tick('会诊目的', '明确诊断', '治疗方案');
    await matter.write('希望专家回答的问题，第 1 项', '下一步病原学检查与抗菌方案？');
    const by = form.section('申请人');
    await by.write('联系电话', '13900001111');
    const patient = form.section('患者');
    await patient.write('姓名', PATIENT);
    await patient.choose('性别', '女');
    await patient.date('出生日期', '1961-04-05');
    await patient.write('联系电话', '13900002222');
    await patient.write('过敏史', '青霉素');
    const clinical = form.section('病情摘要');
    await clinical.write('主诉', '发热、咳嗽三周');
    await clinical.write('现病史', '外院抗感染治疗十六天，体温仍反复，右下肺实变。');
    await clinical.write('诊断名称', '肺部感染，病原待查');
    const difficult = form.section('疑难病例');
    await difficult.write('疑难之处', '病原不明');
    await difficult.write('已采取的措施', '头孢曲松、莫西沙星');
    await difficult.choose('同意纳入疑难病例库', '是');
    await attach(applicant, 'CT 报告.pdf');
    const consent = form.section('知情同意');
    await consent.choose('患方已书面同意远程会诊及资料共享', '是');
    await consent.choose('同意人', '患者本人');
    await consent.sign();
    await applicant
      .getByText(/已保存 \d/)
      .last()
      .waitFor();

    await applicant.getByRole('button', { name: '提交申请' }).click();
    await applicant.getByRole('heading', { name: '申请已提交' }).waitFor();
    number = /编号 (\S+?)。/.exec((await applicant.getByRole('main').getByRole('status').textContent()) ?? '')?.[1] ?? '';
    expect(number).not.toBe('');
    watched = await browser.signedIn('p-wu-tong');
    await applicant.getByRole('button', { name: '查看业务单' }).click();
    await applicant.waitForURL(/\/instances\//);
    await goTo(watched, applicant.url());
    await waitsFor('审核');
  });

  it('is found, claimed and approved by a manager', async () => {
    await briefly('p-he-jing', async (manager) => {
      await claimFromList(manager, number);
      await manager.getByRole('region', { name: '患者' }).getByText(PATIENT).waitFor();
      const form = new FormHand(manager);
      await answerChecklist(form, 'consult');
      await decide(manager, '通过');
    });
    await waitsFor('分流派送');
  });

  it('is dispatched to the team that the rule proposes', async () => {
    await briefly('p-xu-lei', async (dispatcher) => {
      await claimFromList(dispatcher, number);
      await decide(dispatcher, '按建议派送');
    });
    await waitsFor('确认安排');
  });

  it('is confirmed by an expert with time, form and content', async () => {
    await claimFromList(executor, number);
    const form = new FormHand(executor);
    await form.date('会诊时间', inDays(2, '10:00'));
    await form.choose('会诊形式', '视频');
    await form.write('会诊内容', '讨论病原学检查与抗菌方案。');
    await form.pick('会诊专家', '董亮');
    await decide(executor, '接受并确定安排');
    await waitsFor('发布安排通知');
  });

  it('is announced by the manager, while the applicant’s open list learns of the next task by itself', async () => {
    await goTo(applicant, '/inbox');
    await applicant.getByRole('textbox', { name: '在列表中查找' }).fill(number);
    await applicant.getByText('没有符合筛选条件的内容').waitFor();
    await briefly('p-he-jing', async (manager) => {
      await claimFromList(manager, number);
      const form = new FormHand(manager);
      await form.write('通知内容', '会诊定于后天十时开始，请提前十分钟到场。');
      await form.tick('接收方', '申请方', '会诊专家', '会议间管理员');
      await decide(manager, '发布');
    });
    await rowOf(applicant, number).waitFor();
    await waitsFor('准备');
  });

  it('is prepared by the applicant', async () => {
    await pressInPreview(applicant, rowOf(applicant, number), number, '打开处理');
    const form = new FormHand(applicant);
    for (const point of ['患者已告知并可到场', '资料与影像已上传', '场地已落实', '设备与网络已测试']) await form.choose(point, '是');
    await form.choose('确认已备妥', '是');
    await decide(applicant, '已备妥');
    await waitsFor('到场与开始');
  });

  it('is begun by the room administrator', async () => {
    await briefly('p-shao-hua', async (administrator) => {
      await claimFromList(administrator, number);
      const form = new FormHand(administrator);
      await form.choose('申请方到场', '是');
      await form.pick('到场专家', '董亮');
      await decide(administrator, '开始会诊');
    });
    await waitsFor('会诊实施');
  });

  it('is carried out and its opinion signed by the expert', async () => {
    await claimFromList(executor, number);
    const form = new FormHand(executor);
    await form.date('开始时间', inDays(0, '08:00'));
    await form.date('结束时间', inDays(0, '08:40'));
    await decide(executor, '会诊完成');
    await waitsFor('签署会诊意见');
    await claimFromList(executor, number);
    await form.write('会诊意见', OPINION);
    await form.sign();
    await decide(executor, '签署意见');
    await waitsFor('申请方评价');
  });

  it('is evaluated by both sides', async () => {
    await claimFromList(executor, number);
    const form = new FormHand(executor);
    for (const point of ['资料质量', '指征符合', '配合程度', '技术质量']) await form.choose(point, '5 很好');
    await decide(executor, '提交评价');
    await openFromList(applicant, number);
    const answer = new FormHand(applicant);
    await answer.choose('问题已解决', '是');
    await answer.choose('意见采纳', '全部采纳');
    for (const point of ['有用', '及时', '态度', '技术质量']) await answer.choose(point, '5 很好');
    await decide(applicant, '提交评价');
    await waitsFor('全程质控');
  });

  it('is closed once quality control has passed it, and the page that was open all the time says so', async () => {
    await briefly('p-tang-min', async (controller) => {
      await claimFromList(controller, number);
      const form = new FormHand(controller);
      for (const point of ['完整', '及时', '合规', '意见质量']) await form.choose(point, '5 很好');
      await form.choose('结论', '合格');
      await decide(controller, '通过并闭环');
    });
    await watched.getByText(/个环节都已完成/).waitFor();
    await watched.getByText('已闭环').first().waitFor();
    // The workflow hears of the seal, the last step, after the page does.
    await watched.getByText(/每一步都已核对（\d+ 步）/).waitFor();
  });

  it('shows on its page who did what, the answers of every step and the file', async () => {
    await watched.getByRole('tab', { name: /时间线/ }).click();
    const timeline = watched.getByRole('tabpanel');
    await timeline.getByText('何静处理了审核：通过').waitFor();
    await timeline.getByText('系统封存，闭环完成').waitFor();
    await watched.getByRole('tab', { name: /表单/ }).click();
    await watched.getByRole('button', { name: /签署会诊意见/ }).click();
    await watched.getByText(OPINION).first().waitFor();
    await watched.getByRole('tab', { name: /附件/ }).click();
    const link = watched.getByRole('link', { name: /CT 报告\.pdf/ });
    const file = await watched.request.get((await link.getAttribute('href')) ?? '');
    expect(file.headers()['content-type']).toContain('application/pdf');
    expect(await file.body()).toEqual(smallPdf());
  });

  it('stays in the lists of those who took part', async () => {
    await findInList(applicant, 'started', number);
    await rowOf(applicant, number).getByText('已闭环').waitFor();
    await findInList(executor, 'done', number);
  });
});

async function attach(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name: '附件', exact: true }).click();
  await page.getByRole('button', { name: /添加一行.*病历与报告/ }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('group', { name: '文件', exact: true }).getByRole('button', { name: '添加文件' }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/pdf', buffer: smallPdf() });
  await page.getByRole('link', { name }).waitFor();
}

/** So many days from now, as one types it. */
function inDays(days: number, time: string): string {
  const local = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000);
  return `${local.toISOString().slice(0, 10)} ${time}`;
}
