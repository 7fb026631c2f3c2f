/** Who has not reported, who verifies a warning, and what a discharge list leaves to be done: clicked. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { RegistryDiseasePage } from '#api/views/registry.ts';
import type { SurveillanceView } from '#api/views/surveillance.ts';
import { walkOversight } from '#bin/seed/oversight.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { claimFromList, decide, giveReason, openFromList, outcomeButton, wasDecided } from '#test/support/browser-task.ts';
import { until } from '#test/support/until.ts';

const browser = browserOfFile();
/** A worker may be busy with the other samples for minutes. */
const WEEK_WITHIN_MS = 8 * 60_000;
beforeAll(() => walkOversight(inject('product').baseUrl, new Date(), WEEK_WITHIN_MS), WEEK_WITHIN_MS + 60_000);

let caseNumber = '';

/** A pneumonia of the last week, as the reporter reads it from the record. */
async function enterCase(page: Page): Promise<void> {
  const form = new FormHand(page);
  await form.write('住院号', `ZY${randomUUID().slice(0, 8)}`);
  await form.write('姓名', '柏青');
  await form.choose('性别', '女');
  await form.date('出生日期', '1961-03-02');
  await form.date('入院时间', `${daysAgo(8)} 10:00`);
  await form.date('出院时间', `${daysAgo(1)} 09:30`);
  await form.choose('符合入组标准', '是');
  await form.number('严重程度评分（0–10）', 3);
  for (const [step, at] of [
    ['到院 4 小时内氧合评估', '11:00'],
    ['到院 6 小时内首剂抗菌药物', '14:00'],
  ] as const) {
    const part = form.section(step);
    await part.choose('已完成', '是');
    await part.date('完成时间', `${daysAgo(8)} ${at}`);
  }
  const culture = form.section('48 小时内病原学检查');
  await culture.choose('已完成', '否');
  await culture.choose('未完成原因', '患方拒绝');
  await form.choose('偏离路径', '否');
  await form.choose('并发症', '无');
  await form.number('住院费用（元）', 8600);
  await form.choose('转归', '好转');
  await form.choose('31 天内再住院', '否');
}

async function controlled(page: Page, outcome: string): Promise<void> {
  const form = new FormHand(page);
  for (const point of ['资料完整', '与病历一致']) await form.choose(point, '是');
  await decide(page, outcome);
}

const daysAgo = (days: number): string => new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

describe('the surveillance team', () => {
  it('sees who reported zero and who nothing, puts a hospital on the roster and ends it with a reason', async () => {
    const officer = await browser.signedIn('p-xi-he');
    await goTo(officer, '/inbox');
    await officer.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '哨点监测' }).click();
    await officer.getByRole('heading', { level: 1, name: '哨点监测' }).waitFor();
    await officer.getByRole('table', { name: '各监测主题的最近一期' }).getByRole('link', { name: '流感样病例' }).click();
    const rows = officer.getByRole('table', { name: '各哨点上报情况' });
    await rows.getByRole('row').filter({ hasText: '鹿原县人民医院' }).getByText('零报告').waitFor();
    // Noon of Tuesday may be over or not: in either case nothing was reported, and it is no zero.
    await rows
      .getByRole('row')
      .filter({ hasText: '南门' })
      .getByText(/^(待报|到期未报)$/)
      .waitFor();
    await rows.getByRole('row').filter({ hasText: '石滩县人民医院' }).getByText('黄色').waitFor();
    await officer.getByRole('img', { name: /病例数，共 \d+ 期/ }).waitFor();

    const hand = new FormHand(officer);
    await hand.pick('医院', '桃');
    await officer.getByRole('button', { name: '指定哨点' }).click();
    const site = officer.getByRole('table', { name: '哨点名册' }).getByRole('row').filter({ hasText: '桃' });
    await site.getByText('在册').waitFor();
    await site.getByRole('button', { name: '结束指定' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByRole('button', { name: '结束指定' }).click();
    await dialog.getByRole('alert').getByText('请写明原因。').waitFor();
    await dialog.getByLabel('结束原因').fill('改为其他医院');
    await dialog.getByRole('button', { name: '结束指定' }).click();
    await site.getByText('改为其他医院').waitFor();
    await officer.context().close();
  });

  it('has a warning verified by an expert, shared, and received by a member on the phone', async () => {
    const officer = await browser.signedIn('p-xi-he');
    const warning = await until('the warning of Shitan is open', async () => {
      const view: SurveillanceView = await (await officer.request.get('/api/surveillance')).json();
      return view.warnings.find(({ report }) => report?.organisation.id === 'org-shitan');
    });
    const expert = await browser.signedIn('p-bai-wei');
    await claimFromList(expert, warning.number);
    const form = new FormHand(expert);
    await form.choose('严重程度', '一般');
    await form.tick('核实方式', '电话核实');
    await form.write('依据', '病例集中在一所学校，症状相同。');
    await decide(expert, '属实，通报成员');

    const member = await browser.signedIn('p-luyuan-head', { viewport: PHONE });
    await goTo(member, '/notices');
    await member
      .getByRole('link', { name: /监测预警通报，请签收/ })
      .first()
      .waitFor();
    await goTo(member, `/instances/${warning.instanceId}`);
    await member.getByText('成员回执').first().waitFor();
    await Promise.all([officer.context().close(), expert.context().close(), member.context().close()]);
  });
});

describe('a hospital', () => {
  it('imports its discharges twice, is told what each line came to, and opens what is missing with one click', async () => {
    const reporter = await browser.signedIn('p-shitan-reporter');
    await goTo(reporter, '/registry');
    await reporter
      .getByRole('table', { name: '各病种上报率与关键步骤' })
      .getByRole('link', { name: /社区获得性肺炎/ })
      .click();
    await reporter.getByRole('heading', { name: '导入出院名单' }).waitFor();
    const stay = `ZY${randomUUID().slice(0, 8).toUpperCase()}`;
    const lines = [
      '住院号,诊断,出院日期,科室',
      `${stay},J18.9,${daysAgo(1)},呼吸内科`,
      `X${stay},K35.8,${daysAgo(1)},外科`,
      `Y${stay},肺炎,${daysAgo(1)},外科`,
    ];
    const file = { name: '出院.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${lines.join('\r\n')}`) };
    const results = reporter.getByRole('table', { name: '逐行结果' });
    await reporter.locator('input[type=file]').setInputFiles(file);
    await results.getByText('新登记', { exact: true }).waitFor();
    await results.getByText('不属于登记的病种').waitFor();
    await results.getByText('诊断编码无法识别：请填 ICD-10 编码').waitFor();
    await reporter.locator('input[type=file]').setInputFiles(file);
    await results.getByText('已在名单，未重复登记').waitFor();
    const page: RegistryDiseasePage = await (await reporter.request.get('/api/registry/cap')).json();
    expect(page.stays.filter(({ stayNumber }) => stayNumber === stay)).toHaveLength(1);

    await reporter.getByRole('group', { name: '筛选' }).getByRole('button', { name: /漏报/ }).click();
    const row = reporter.getByRole('table', { name: '住院与病例' }).getByRole('row').filter({ hasText: stay });
    await row.getByText('未建病例').waitFor();
    await row.getByRole('button', { name: '建病例' }).click();
    await row.getByText('待分配').waitFor();
    caseNumber = (await row.getByRole('link', { name: /^DB/ }).textContent()) ?? '';
    await reporter.context().close();
  });

  it('has the case assigned, entered, returned by the ward that finds a fault, controlled, and accepted by the disease team', async () => {
    const [head, reporter, ward] = await Promise.all(
      ['p-shitan-head', 'p-shitan-reporter', 'p-shitan-ward'].map((personId) => browser.signedIn(personId)),
    );
    if (!head || !reporter || !ward) throw new Error('Nobody signed in.');
    await claimFromList(head, caseNumber);
    await new FormHand(head).pick('填报人', '韩琪');
    await decide(head, '分配');

    await openFromList(reporter, caseNumber);
    await enterCase(reporter);
    await decide(reporter, '提交');

    await claimFromList(ward, caseNumber);
    const check = new FormHand(ward);
    await check.choose('资料完整', '是');
    await check.choose('与病历一致', '否');
    await outcomeButton(ward, '通过').click();
    await ward.getByText('须为“是”才能继续；否则请选择其他处理方式。').first().waitFor();
    await outcomeButton(ward, '退回填报').click();
    await giveReason(ward, '退回填报', { words: '氧合评估时间与护理记录不符。' });
    await wasDecided(ward, '退回填报');

    await openFromList(reporter, caseNumber);
    await reporter.getByText('氧合评估时间与护理记录不符。').first().waitFor();
    await new FormHand(reporter).section('到院 4 小时内氧合评估').date('完成时间', `${daysAgo(8)} 11:30`);
    await decide(reporter, '重新提交');
    for (const [page, outcome] of [
      [ward, '通过'],
      [head, '通过并提交'],
    ] as const) {
      await claimFromList(page, caseNumber);
      await controlled(page, outcome);
    }
    const team = await browser.signedIn('p-tang-min');
    await claimFromList(team, caseNumber);
    await controlled(team, '接收');
    for (const page of [head, reporter, ward, team]) await page.context().close();
  });
});
