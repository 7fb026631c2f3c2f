/** Who has not reported, who verifies a warning, and what a discharge list leaves to be done: clicked. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { RegistryDiseasePage } from '#api/views/registry.ts';
import type { SurveillanceView } from '#api/views/surveillance.ts';
import { walkOversight } from '#bin/seed/oversight.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { claimFromList, decide } from '#test/support/browser-task.ts';
import { until } from '#test/support/until.ts';

const browser = browserOfFile();
/** A worker may be busy with the other samples for minutes. */
const WEEK_WITHIN_MS = 8 * 60_000;
beforeAll(() => walkOversight(inject('product').baseUrl, new Date(), WEEK_WITHIN_MS), WEEK_WITHIN_MS + 60_000);

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
    await row.getByRole('link', { name: /^DB/ }).waitFor();
    await reporter.context().close();
  });
});
