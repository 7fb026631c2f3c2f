/** A month's figures from the hospital's clerk up to the centre and back, and a year that was locked: clicked by each of its people. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { CycleBoardView, QualityView } from '#api/views/quality.ts';
import { readCatalogue } from '#bin/seed/indicator-catalogue.ts';
import { readPeriod } from '#core/quality/period.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { readSetVersions } from '#db/indicator-sets.ts';
import { storeObligations } from '#db/obligations.ts';
import { storeCatalogue } from '#db/quality.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import {
  claimByThumb,
  claimFromList,
  decide,
  giveReason,
  openFromList,
  outcomeButton,
  outcomes,
  wasDecided,
} from '#test/support/browser-task.ts';
import { until } from '#test/support/until.ts';

const CENTRE = 'p-tang-min';
const CLERK = 'p-shitan-reporter';
const HEAD = 'p-shitan-head';
const PRESIDENT = 'p-ma-li';
const CITY = 'p-qian-duo';
const PROVINCE = 'p-long-mei';
const SHITAN = 'org-shitan';
const CANCER = 'org-cancer';

const browser = browserOfFile();
const onPhone = (personId: string) => browser.signedIn(personId, { viewport: PHONE });

/** Somebody who comes for one thing. */
async function briefly(personId: string, work: (page: Page) => Promise<void>, page = browser.signedIn(personId)): Promise<void> {
  await work(await page);
  await (await page).context().close();
}

/** The sample's set with days that suit any day on which this is run: the month is open, the year was locked long ago. */
const MONTHLY = 'core-regime';
const YEARLY = 'core-regime-year';
const DAYS = { dueDays: 60, lockDays: 90, feedbackDays: 90 };
const DAYS_OF_YEAR = { dueDays: 1, lockDays: 2, feedbackDays: 2 };

let db: Database;
beforeAll(async () => {
  db = openDatabase({ url: inject('product').databaseUrl, connectionsMax: 1, applicationName: 'quality-test' });
  const [set] = (await readCatalogue()).sets;
  if (!set) throw new Error('The sample has no set.');
  const version = Math.max(...(await readSetVersions(db, MONTHLY)).map((known) => known.set.version)) + 1;
  const yearly = { ...set, ...DAYS_OF_YEAR, code: YEARLY, name: { 'zh-CN': '年度核心指标', en: 'Core indicators of the year' } };
  await storeCatalogue(db, {
    sets: [
      { ...set, ...DAYS, version },
      { ...yearly, frequency: 'year' },
    ],
    indicators: [],
  });
  await storeObligations(db, YEARLY, [{ organisationId: CANCER, from: '2020-01-01', to: null }]);
});
afterAll(() => db.destroy());

const sheet = (rows: readonly (readonly string[])[]) =>
  writeExcelFile(rows.map((cells) => cells.map((value) => ({ value, type: String })))).toBuffer();
const rowIn = (page: Page, table: string, text: string): Locator =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });
const boardOf = async (page: Page, set: string, period: string): Promise<CycleBoardView> =>
  (await page.request.get(`/api/quality/cycles/${set}/${period}`)).json();
const numberOf = async (page: Page, set: string, period: string, organisationId: string): Promise<string> =>
  until(`${organisationId} has its report`, async () => {
    const response = await page.request.get(`/api/quality/cycles/${set}/${period}`);
    if (!response.ok()) return false;
    const { rows }: CycleBoardView = await response.json();
    return rows.find(({ organisation }) => organisation.id === organisationId)?.number ?? false;
  });
const nextPeriodOf = async (page: Page, code: string): Promise<string> => {
  const view: QualityView = await (await page.request.get('/api/quality')).json();
  return view.sets.find((set) => set.code === code)?.nextPeriod ?? '';
};
/** What an indicator asks for, in the words of the form. */
const counts = async (page: Page, name: string, numerator: number, denominator: number): Promise<void> => {
  const definition = (await readCatalogue()).indicators.find((each) => each.name['zh-CN'] === name && each.regime.kind === 'national');
  const section = new FormHand(page).section(name);
  await section.number(definition?.numerator['zh-CN'] ?? '', numerator);
  await section.number(definition?.denominator['zh-CN'] ?? '', denominator);
};
const DAY_MS = 86_400_000;
/** The day so many days after a month has ended. */
const daysAfter = (month: string, days: number): string =>
  new Date(Date.parse(readPeriod(month)?.to ?? '') + days * DAY_MS).toISOString().slice(0, 10);
/** By its words alone: an icon that is just going still belongs to its name. */
const press = (page: Page, outcome: string): Promise<void> => outcomes(page).getByRole('button').filter({ hasText: outcome }).click();
const isToldWhatIsMissing = (page: Page): Promise<void> =>
  page
    .getByRole('alert')
    .filter({ hasText: /有 1 处需要填写或修改/ })
    .first()
    .waitFor();
const panelOf = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const remarkRow = async (page: Page, { cell, words }: { readonly cell: string; readonly words: string }): Promise<void> => {
  await page.getByRole('region', { name: '逐格意见' }).getByRole('button', { name: '添加一行' }).click();
  const hand = new FormHand(page);
  await hand.select('指标与栏目', cell);
  await hand.write('意见', words);
};

describe('a month of quality data', () => {
  let period: string;
  let number: string;

  it('is opened by the quality controller, and who has not reported is urged, one or all with one click', async () => {
    const centre = await browser.signedIn(CENTRE);
    await goTo(centre, '/inbox');
    await centre.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '质控上报' }).click();
    await centre.getByRole('heading', { level: 1, name: '质控上报' }).waitFor();
    period = await nextPeriodOf(centre, MONTHLY);
    const set = panelOf(centre, '医疗质量核心指标');
    await set.getByRole('button', { name: `开启 ${period}` }).click();
    await centre
      .getByRole('tooltip')
      .getByText(/上报截止 .*锁定/)
      .waitFor();
    await centre.getByRole('tooltip').getByRole('button', { name: '开启周期' }).click();
    await set.getByRole('link', { name: period }).click();
    // The board fills by itself while the cycle opens.
    await centre.waitForURL(new RegExp(`/${period}$`));
    await until('all reports are open', async () => (await boardOf(centre, MONTHLY, period)).rows.length >= 14);
    number = await numberOf(centre, MONTHLY, period, SHITAN);
    await centre.getByRole('button', { name: /催报全部未报（1\d）/ }).waitFor();
    await rowIn(centre, '各院上报进度', '鹿原县人民医院').getByRole('button', { name: '催报' }).click();
    await rowIn(centre, '各院上报进度', '鹿原县人民医院').getByText('已催').waitFor();
    await centre.getByRole('button', { name: /催报全部未报/ }).click();
    await rowIn(centre, '各院上报进度', '石滩县人民医院').getByText('已催').waitFor();
    await rowIn(centre, '各院上报进度', '鹿原县人民医院').getByText('刚刚催办过，请稍后再催。').waitFor();
    await centre.context().close();
  });

  it('gives a hospital more time that asks for it, never past the lock, and shows it on the board and the report', async () => {
    const clerk = await browser.signedIn('p-luyuan-reporter');
    const luyuan = await numberOf(await browser.signedIn(CENTRE), MONTHLY, period, 'org-luyuan');
    await claimFromList(clerk, luyuan);
    await clerk.getByRole('link', { name: luyuan }).click();
    await clerk.getByRole('button', { name: '申请延期' }).click();
    const dialog = clerk.getByRole('dialog');
    await dialog.getByRole('button', { name: '申请延期' }).click();
    await dialog.getByText('请选择日期').waitFor();
    await dialog.getByLabel('希望延至').fill(daysAfter(period, 70));
    await dialog.getByLabel('原因').fill('信息系统切换');
    await dialog.getByRole('button', { name: '申请延期' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => clerk.getByRole('button', { name: '申请延期' }).isDisabled()).toBe(true);

    await briefly(
      CENTRE,
      async (manager) => {
        await claimByThumb(manager, luyuan);
        await manager.getByText('信息系统切换').first().waitFor();
        const form = new FormHand(manager);
        await form.date('准予延至', `${daysAfter(period, 95)} 18:00`);
        await outcomeButton(manager, '准予延期').tap();
        await manager.getByText('不得晚于锁定时间').first().waitFor();
        await form.date('准予延至', `${daysAfter(period, 70)} 18:00`);
        await outcomeButton(manager, '准予延期').tap();
        await wasDecided(manager, '准予延期');
      },
      onPhone(CENTRE),
    );
    await goTo(clerk, '/notices');
    await clerk
      .getByRole('link', { name: /延期已准予/ })
      .first()
      .waitFor();
    await openFromList(clerk, luyuan);
    await clerk.getByRole('region', { name: '期限' }).getByText('已准予延至').waitFor();
    await briefly(CENTRE, async (centre) => {
      await goTo(centre, `/quality/cycles/${MONTHLY}/${period}`);
      await rowIn(centre, '各院上报进度', '鹿原县人民医院')
        .getByText(`已延至 ${daysAfter(period, 70)}`)
        .waitFor();
    });
    await clerk.context().close();
  });

  it('reaches the clerk as a task, whose figures come from a spreadsheet with a result for each line and from the form', async () => {
    const clerk = await browser.signedIn(CLERK);
    await goTo(clerk, '/notices');
    await clerk
      .getByRole('link', { name: /质控上报已开放填报/ })
      .first()
      .waitFor();
    await claimFromList(clerk, number);
    await clerk.getByRole('link', { name: '从表格填报' }).click();
    const panel = panelOf(clerk, `从表格填报（${period}）`);
    await panel.waitFor();
    const file = await sheet([
      ['指标', '分子', '分母', '说明'],
      ['急会诊及时到位率', '27', '30', ''],
      ['discharge-record', '1140', '1200', ''],
      ['脓毒性休克 1 小时集束化治疗完成率', '二十', '12', ''],
      ['非计划再次手术率', '9', '4', ''],
      ['没有的指标', '1', '2', ''],
    ]);
    const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await panel.locator('input[type=file]').setInputFiles({ name: `${period}.xlsx`, mimeType: kind, buffer: file });
    const results = clerk.getByRole('table', { name: '逐行结果' });
    await results.getByText('已写入草稿').first().waitFor();
    await expect.poll(() => results.getByText('已写入草稿').count()).toBe(2);
    await results.getByText('分子不是整数').waitFor();
    await results.getByText('分子大于分母').waitFor();
    await results.getByText('没有这个指标').waitFor();
    await panel.getByRole('link', { name: '打开表单核对并提交' }).click();
    const form = new FormHand(clerk);
    const urgent = form.section('急会诊及时到位率');
    await expect.poll(() => urgent.counted('10 分钟内到位的急会诊次数')).toBe('27');
    for (const [name, numerator, denominator] of [
      ['脓毒性休克 1 小时集束化治疗完成率', 10, 12],
      ['非计划再次手术率', 1, 200],
      ['远程会诊闭环率', 14, 15],
    ] as const)
      await counts(clerk, name, numerator, denominator);
    await decide(clerk, '提交');
    await clerk.context().close();
  });

  it('is checked by the head of quality, who did not enter it', async () => {
    await briefly(HEAD, async (head) => {
      await claimFromList(head, number);
      await outcomeButton(head, '核对无误').click();
      await isToldWhatIsMissing(head);
      await new FormHand(head).choose('已核对原始数据', '是');
      await press(head, '核对无误');
      await wasDecided(head, '核对无误');
    });
  });

  it('comes back from the validation, which asks for a word about what doubled, at that figure', async () => {
    await briefly(CLERK, async (clerk) => {
      await claimFromList(clerk, number);
      const discharges = clerk.getByRole('region', { name: '出院病历 2 日归档率', exact: true });
      await discharges.getByText('出院人数较上期翻倍以上，请核对。').waitFor();
      await press(clerk, '提交更正');
      await giveReason(clerk, '提交更正', { words: '已核对' });
      await discharges.getByText('对此项的意见尚未回应').waitFor();
      await new FormHand(clerk).section('出院病历 2 日归档率').write('说明', '本月并入东院区。');
      await press(clerk, '提交更正');
      await giveReason(clerk, '提交更正', { words: '补充说明' });
      await wasDecided(clerk, '提交更正');
    });
  });

  it('is approved for the hospital on the phone', async () => {
    await briefly(
      PRESIDENT,
      async (president) => {
        await claimByThumb(president, number);
        await president.getByText('本月并入东院区。').first().waitFor();
        await new FormHand(president).choose('数据可信度', '偏离但已说明');
        await outcomeButton(president, '通过').tap();
        await wasDecided(president, '通过');
      },
      onPhone(PRESIDENT),
    );
  });

  it('is sent back by the city with a remark on a cell, never without one', async () => {
    await briefly(CITY, async (city) => {
      await claimFromList(city, number);
      await press(city, '退回更正');
      await giveReason(city, '退回更正', { words: '个别数据待核' });
      await isToldWhatIsMissing(city);
      await remarkRow(city, { cell: '急会诊及时到位率 · 分子', words: '与院前急救台账不符，请核对。' });
      await press(city, '退回更正');
      await giveReason(city, '退回更正', { words: '个别数据待核' });
      await wasDecided(city, '退回更正');
    });
  });

  it('is corrected as a new version by the clerk, who reads the remark at its cell and cannot pass it over', async () => {
    await briefly(CLERK, async (clerk) => {
      await claimFromList(clerk, number);
      await clerk.getByRole('region', { name: '退回说明' }).getByText('个别数据待核').waitFor();
      const cell = clerk.getByRole('region', { name: '急会诊及时到位率', exact: true });
      await cell.getByText('与院前急救台账不符，请核对。').waitFor();
      await cell.getByText(/钱铎/).waitFor();
      await press(clerk, '提交更正');
      await giveReason(clerk, '提交更正', { words: '无须更正' });
      await cell.getByText('对此项的意见尚未回应').waitFor();
      await counts(clerk, '急会诊及时到位率', 28, 30);
      await press(clerk, '提交更正');
      await giveReason(clerk, '提交更正', { words: '补录夜间一例' });
      await wasDecided(clerk, '提交更正');
    });
  });

  it('passes hospital, city and province in this order and is accepted by the centre', async () => {
    for (const approver of [PRESIDENT, CITY, PROVINCE])
      await briefly(approver, async (page) => {
        await claimFromList(page, number);
        await new FormHand(page).choose('数据可信度', '可信');
        await decide(page, '通过');
      });
    await briefly(CENTRE, async (centre) => {
      await claimFromList(centre, number);
      const form = new FormHand(centre);
      for (const point of ['完整性', '及时性', '准确性']) await form.choose(point, '好');
      await decide(centre, '审定');
      await goTo(centre, `/quality/cycles/${MONTHLY}/${period}`);
      const row = rowIn(centre, '各院上报进度', '石滩县人民医院');
      await row.getByText('已审定').waitFor();
      await row.getByText('按时').waitFor();
      await row.getByRole('cell', { name: '3', exact: true }).waitFor();
      await row.getByRole('link', { name: '已审定' }).click();
      await centre.getByRole('tab', { name: /表单/ }).waitFor();
    });
  });

  it('keeps the old value beside the new one, with the remark, on the page and on paper', async () => {
    await briefly(CLERK, async (clerk) => {
      await goTo(clerk, '/quality');
      await clerk.getByRole('link', { name: '查看本院' }).click();
      const reports = clerk.getByRole('table', { name: '历次上报' });
      await reports.getByText('3 个版本').waitFor();
      await reports.getByRole('link', { name: period }).click();
      await clerk.getByRole('tab', { name: /表单/ }).click();
      await clerk.getByRole('button', { name: /^市级审批 退回更正/ }).click();
      await clerk.getByText('与院前急救台账不符，请核对。').first().waitFor();
      await goTo(clerk, `${new URL(clerk.url()).pathname}/print`);
      const paper = clerk.getByRole('main');
      const versions = paper.getByRole('article').filter({ hasText: '10 分钟内到位的急会诊次数' });
      await expect.poll(() => versions.count()).toBe(3);
      await expect.poll(() => versions.nth(1).textContent()).toContain('27');
      await expect.poll(() => versions.nth(2).textContent()).toContain('28');
      await paper.getByText('急会诊及时到位率 · 分子').waitFor();
      await paper.getByText('与院前急救台账不符，请核对。').waitFor();
    });
  });

  it('is seen side by side in a funnel, and over time in a control chart, each with its table', async () => {
    const centre = await browser.signedIn(CENTRE);
    await goTo(centre, `/quality/cycles/${MONTHLY}/${period}`);
    await rowIn(centre, '各指标的完整性', '出院病历 2 日归档率').getByRole('link', { name: '同级比较' }).click();
    await centre.getByRole('img', { name: /漏斗图：1 家医院/ }).waitFor();
    await rowIn(centre, '各院的值与界限', '石滩县人民医院').getByText('1140/1200').waitFor();
    await centre.getByRole('link', { name: '石滩县人民医院' }).click();
    await centre.getByRole('img', { name: /出院病历 2 日归档率：15 期/ }).waitFor();
    await rowIn(centre, '控制图数据：出院病历 2 日归档率', period).getByText('1140/1200').waitFor();

    // The district that came with it is another process: its limits begin anew, and the chart says why.
    const chart = panelOf(centre, '控制图：出院病历 2 日归档率');
    await chart.getByRole('button', { name: '重设控制限' }).click();
    const dialog = centre.getByRole('dialog');
    await dialog.getByLabel('原因').fill('并入东院区');
    // The newest is offered first.
    await dialog.getByRole('combobox', { name: '从哪一期起' }).click();
    await dialog.getByRole('combobox', { name: '从哪一期起' }).press('Enter');
    await dialog.getByRole('button', { name: '重设控制限' }).click();
    await chart.getByRole('list', { name: '控制限的重设' }).getByText(`自 ${period} 起重设：并入东院区`).waitFor();
    await rowIn(centre, '控制图数据：出院病历 2 日归档率', period).getByText('新阶段').waitFor();
    await centre.context().close();
  });
});

describe('a year that was locked before it was opened', () => {
  it('is opened by a decision with a reason, excepted, entered from a csv, answered and closed', async () => {
    const centre = await browser.signedIn(CENTRE);
    await goTo(centre, '/quality');
    const year = await nextPeriodOf(centre, YEARLY);
    const set = panelOf(centre, '年度核心指标');
    await set.getByRole('button', { name: `开启 ${year}` }).click();
    const dialog = centre.getByRole('dialog');
    await dialog.getByText(/锁定日 .* 已过/).waitFor();
    await dialog.getByRole('button', { name: '锁定日已过，仍要开启' }).click();
    await dialog.getByRole('alert').getByText('请写明原因。').waitFor();
    await dialog.getByLabel('原因').fill('年度补报');
    await dialog.getByRole('button', { name: '锁定日已过，仍要开启' }).click();
    await set.getByRole('link', { name: year }).waitFor();
    const number = await numberOf(centre, YEARLY, year, CANCER);
    await claimFromList(centre, number);
    await outcomeButton(centre, '例外开放 5 天').click();
    await giveReason(centre, '例外开放 5 天', { words: '年度补报' });
    await wasDecided(centre, '例外开放 5 天');

    await briefly('p-cancer-reporter', async (clerk) => {
      await claimFromList(clerk, number);
      await clerk.getByRole('link', { name: '从表格填报' }).click();
      const lines = [
        '指标,分子,分母,说明',
        '急会诊及时到位率,550,600,',
        '出院病历 2 日归档率,"19000","20000",',
        '脓毒性休克 1 小时集束化治疗完成率,300,350,',
        '非计划再次手术率,40,9000,"含二次开胸, 已核对"',
        '远程会诊闭环率,,,本院未开展',
      ];
      const panel = panelOf(clerk, `从表格填报（${year}）`);
      await panel
        .locator('input[type=file]')
        .setInputFiles({ name: '年度.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });
      await expect.poll(() => clerk.getByRole('table', { name: '逐行结果' }).getByText('已写入草稿').count()).toBe(5);
      await panel.getByRole('link', { name: '打开表单核对并提交' }).click();
      await expect.poll(() => new FormHand(clerk).section('远程会诊闭环率').written('说明')).toBe('本院未开展');
      await decide(clerk, '提交');
    });
    await briefly('p-cancer-head', async (head) => {
      await claimFromList(head, number);
      await new FormHand(head).choose('已核对原始数据', '是');
      await decide(head, '核对无误');
    });
    await briefly(PROVINCE, async (president) => {
      await claimFromList(president, number);
      await new FormHand(president).choose('数据可信度', '偏离但已说明');
      await decide(president, '通过');
    });
    await claimFromList(centre, number);
    const form = new FormHand(centre);
    for (const point of ['完整性', '及时性', '准确性']) await form.choose(point, '好');
    await decide(centre, '审定');

    await briefly(
      'p-cancer-head',
      async (head) => {
        await claimByThumb(head, number);
        await new FormHand(head).choose('反馈是否有用', '好');
        await outcomeButton(head, '已阅，认可').tap();
        await wasDecided(head, '已阅，认可');
      },
      onPhone('p-cancer-head'),
    );
    await claimFromList(centre, number);
    await new FormHand(centre).choose('结论', '通过');
    await decide(centre, '通过并闭环');
    await goTo(centre, `/quality/cycles/${YEARLY}/${year}`);
    await rowIn(centre, '各院上报进度', '岚江省肿瘤医院').getByText('迟报').waitFor();
    await expect.poll(async () => (await boardOf(centre, YEARLY, year)).rows[0]?.stage).toBe('closed');
    await centre.context().close();
  });
});
