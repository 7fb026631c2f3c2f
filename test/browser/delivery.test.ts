/** Medicine to the dorm, clicked by each of its people; what who carries it may see; and an offer that nobody takes. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InboxPage } from '#api/views/inbox.ts';
import type { Act } from '#bin/seed/acts.ts';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import {
  claimFromList,
  decide,
  giveReason,
  openByThumb,
  openTaskOf,
  outcomeButton,
  outcomes,
  rowOf,
  wasDecided,
} from '#test/support/browser-task.ts';
import { timeComes } from '#test/support/product-time.ts';
import { anInstanceLike, doneIn } from '#test/support/sample-instance.ts';
import { until } from '#test/support/until.ts';

const STUDENT = 'p-an-ran';
const DOCTOR = 'p-jing-yi';
const [REVIEWER, DISPENSER, CHECKER] = ['p-lan-xin', 'p-mu-chen', 'p-nie-wei'] as const;
const COURIER = 'p-pei-jun';
/** Live in the three buildings; whoever lives where the parcel goes is asked first. */
const VOLUNTEERS = ['p-chu-qing', 'p-du-ruo', 'p-ge-hui'] as const;
const NEIGHBOUR = VOLUNTEERS[0];

const STORY = '金丝雀：鼻塞、咽痛一天';
/** What who carries the parcel must not learn: why, what, for whom, and, before the pick-up, which room. */
const NOT_FOR_CARRIERS = ['金丝雀', '感冒', '上呼吸道', '对乙酰氨基酚', 'paracetamol', '处方', '安然', 'An Ran', 'p-an-ran'];
const ROOM = '412';

/** On two cores that many share a worker can be slow. */
const PROGRAMS_MS = 120_000;

const browser = browserOfFile();
const onPhone = (personId: string) => browser.signedIn(personId, { viewport: PHONE });

async function briefly(personId: string, work: (page: Page) => Promise<void>, page = browser.signedIn(personId)): Promise<void> {
  await work(await page);
  await (await page).context().close();
}

/** The parcels that this person is asked to carry or carries, newest first. */
async function parcelsOf(page: Page): Promise<InboxPage['rows']> {
  const { rows } = (await (await page.request.get('/api/inbox?list=todo&serviceKey=parcel&limit=100')).json()) as InboxPage;
  return rows.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** The parcel that is offered to this person and to nobody before. */
const offeredTo = (page: Page, known: ReadonlySet<string>) =>
  until('a parcel is offered', async () => (await parcelsOf(page)).find(({ instanceId }) => !known.has(instanceId)), PROGRAMS_MS);

const dispensed: Act = {
  by: DISPENSER,
  does: 'dispense',
  outcome: 'prepared',
  answers: { 'dispensing.lines': [{ drug: 'paracetamol', batch: 'B2026', expiry: '2028-01-01', quantity: 9 }] },
};
const sealed: Act = {
  by: CHECKER,
  does: 'second-check',
  outcome: 'sealed',
  answers: { 'check.lines': true, 'check.label': true, 'check.neutral': true, 'check.sealed': true },
};

describe('medicine to the dorm', () => {
  let student: Page;
  let doctor: Page;
  let volunteer: Page;
  let number: string;
  let instanceId: string;
  let parcel: InboxPage['rows'][number];
  const before = new Set<string>();

  beforeAll(async () => {
    [student, doctor, volunteer] = await Promise.all([onPhone(STUDENT), browser.signedIn(DOCTOR), onPhone(NEIGHBOUR)]);
    for (const { instanceId: known } of await parcelsOf(volunteer)) before.add(known);
  });

  const medicines = async (): Promise<string> => {
    await goTo(student, `/instances/${instanceId}`);
    return (await student.getByRole('region', { name: '药品状态' }).textContent()) ?? '';
  };

  it('is asked for by a student on the phone', async () => {
    await goTo(student, '/apply');
    await student.getByRole('link', { name: /送药上寝/ }).tap();
    const form = new FormHand(student);
    await form.tick('哪里不舒服', '感冒');
    await form.date('从何时开始', inDays(-1));
    await form.number('难受程度（0–10）', 3);
    await form.tick('有无以下情况', '都没有');
    await form.write('补充说明', STORY);
    await form.tick('药物过敏', '无已知过敏');
    await form.select('楼栋', '东苑 1 号楼');
    await form.number('房间号', Number(ROOM));
    await form.date('方便时段自', inDays(0, '22:00'));
    await form.date('至', inDays(0, '23:30'));
    await form.choose('同意医务室为本次问诊与送药使用以上信息；派送人员只看到包裹码、交付地点与时段', '是');
    await form.sign();
    await student.getByRole('button', { name: '提交申请' }).tap();
    await student.getByRole('heading', { name: '申请已提交' }).waitFor();
    number = /编号 (\S+?)。/.exec((await student.getByRole('main').getByRole('status').textContent()) ?? '')?.[1] ?? '';
    expect(number).toMatch(/^SY/);
    await student.getByRole('button', { name: '查看业务单' }).tap();
    await student.waitForURL(/\/instances\//);
    instanceId = new URL(student.url()).pathname.split('/').at(-1) ?? '';
  });

  it('is answered and prescribed by the school doctor, and the student sees where the medicine stands', async () => {
    await claimFromList(doctor, number);
    const form = new FormHand(doctor);
    await form.choose('已核对身份', '是');
    await form.write('病史', '受凉后鼻塞、咽痛一天，无胸闷气促。');
    await form.write('诊断', '急性上呼吸道感染');
    await form.write('建议', '多饮水，休息。');
    await form.choose('沟通方式', '文字');
    await decide(doctor, '开具处方');
    await claimFromList(doctor, number);
    await prescribe(doctor);
    expect(await medicines()).toContain('对乙酰氨基酚审方中');
  });

  it('comes back twice from the pharmacist, with a reason of the list that the doctor reads first, and is prescribed anew', async () => {
    await briefly(REVIEWER, async (pharmacist) => {
      await claimFromList(pharmacist, number);
      await outcomeButton(pharmacist, '退回医师').click();
      await giveReason(pharmacist, '退回医师', { code: '处方不完整', words: '请注明疗程。' });
      await wasDecided(pharmacist, '退回医师');
    });
    await claimFromList(doctor, number);
    const remark = doctor.getByRole('region', { name: '退回说明' });
    await expect.poll(() => remark.textContent()).toContain('处方不完整：请注明疗程。');
    await decide(doctor, '签名开方');
    await doneIn(instanceId, { by: REVIEWER, does: 'review', outcome: 'return', reasonCode: 'indication', reason: '请再核对。' });
    await claimFromList(doctor, number);
    await decide(doctor, '签名开方');
    await briefly(REVIEWER, async (pharmacist) => {
      await claimFromList(pharmacist, number);
      const form = new FormHand(pharmacist);
      for (const point of [
        '处方合法完整',
        '用药与诊断相符',
        '剂量、用法、疗程适宜',
        '无配伍禁忌与不良相互作用',
        '无过敏风险',
        '属于可供药范围',
      ])
        await form.choose(point, '是');
      await form.sign();
      await pharmacist.getByRole('region', { name: '药品状态' }).getByText('审方中').waitFor();
      await decide(pharmacist, '审核通过');
    });
  });

  it('is prepared by a second pharmacist, who cannot check it, and sealed by a third', async () => {
    await doneIn(instanceId, dispensed);
    const preparer = await browser.signedIn(DISPENSER);
    const address = await until('the second check is open', async () => {
      const task = await openTaskOf(preparer, instanceId);
      return (await (await preparer.request.get(`/api${task}`)).json()).elementId === 'second-check' && task;
    });
    await goTo(preparer, address);
    await preparer.getByText('您处理过前面的步骤，按职责分离的要求，这一步须由他人处理。').first().waitFor();
    await expect.poll(() => outcomeButton(preparer, '核对无误并封装').isDisabled()).toBe(true);
    await preparer.context().close();

    await briefly(CHECKER, async (checker) => {
      await claimFromList(checker, number);
      const form = new FormHand(checker);
      expect(await form.shown('包裹码')).toMatch(/^[A-Z0-9]{6}$/);
      for (const point of ['药品、批号、数量与处方一致', '标签与用法正确', '包裹外无药名、姓名', '已封装贴码'])
        await form.choose(point, '是');
      await form.sign();
      await decide(checker, '核对无误并封装');
    });
  });

  it('is offered to the neighbour on the phone by parcel code, place and time, with how long the offer stands, and nothing else', async () => {
    parcel = await offeredTo(volunteer, before);
    await openByThumb(volunteer, parcel.number);
    const offer = new FormHand(volunteer);
    expect(await offer.shown('包裹码')).toMatch(/^[A-Z0-9]{6}$/);
    expect(await offer.shown('楼栋')).toBe('东苑 1 号楼');
    expect(await offer.shown('交付地点')).toBe('楼栋值班台');
    expect(await offer.shown('时段自')).toContain('22:00');
    expect(await offer.shown('时段至')).toContain('23:30');
    await volunteer
      .getByText(/剩 \d+ 分/)
      .first()
      .waitFor();
    await carriesNothingElse(volunteer, parcel.instanceId, [...NOT_FOR_CARRIERS, ROOM]);
    await outcomeButton(volunteer, '接单').tap();
    await wasDecided(volunteer, '接单');
  });

  it('is picked up at the clinic by the volunteer, who then, and not before, reads the room', async () => {
    await openByThumb(volunteer, parcel.number);
    const form = new FormHand(volunteer);
    await carriesNothingElse(volunteer, parcel.instanceId, [...NOT_FOR_CARRIERS, ROOM]);
    await form.choose('包裹码一致', '是');
    await form.choose('封条完好', '是');
    await form.pick('交件药师', '聂薇');
    await outcomeButton(volunteer, '封条完好，已取件').tap();
    await wasDecided(volunteer, '封条完好，已取件');
    await volunteer
      .getByRole('button', { name: /继续|处理下一条/ })
      .or(volunteer.getByRole('link', { name: '返回列表' }))
      .first()
      .waitFor();
    expect(await medicines()).toContain('对乙酰氨基酚派送中');
  });

  it('is handed over against the one-time code on the student’s phone; a wrong one opens nothing', async () => {
    await openByThumb(student, parcel.number);
    const code = (await new FormHand(student).shown('收货码')).replace(/\D/g, '');
    expect(code).toMatch(/^\d{6}$/);
    await openByThumb(volunteer, parcel.number);
    const form = new FormHand(volunteer);
    expect(await form.shown('房间')).toBe(ROOM);
    await carriesNothingElse(volunteer, parcel.instanceId, [...NOT_FOR_CARRIERS, code]);
    await form.number('收货码', Number(code) === 999_999 ? 999_998 : Number(code) + 1);
    await outcomeButton(volunteer, '核对收货码并交付').tap();
    await wasDecided(volunteer, '核对收货码并交付');

    await openByThumb(volunteer, parcel.number);
    await volunteer.getByText(/收货码不对/).waitFor();
    await form.number('收货码', Number(code));
    await outcomeButton(volunteer, '核对收货码并交付').tap();
    await wasDecided(volunteer, '核对收货码并交付');
    // Nothing is left to be done with it.
    await until('the parcel is out of hand', async () => (await parcelsOf(volunteer)).every((row) => row.instanceId !== parcel.instanceId));
  });

  it('is explained, received and evaluated by both sides, and closed by the head of the clinic', async () => {
    await doneIn(instanceId, {
      by: REVIEWER,
      does: 'counsel',
      outcome: 'sent',
      answers: { 'counselling.use': '饭后一片，每日三次，三天。', 'counselling.warnings': '皮疹立即停药。' },
    });
    await openByThumb(student, number);
    await student.getByText('饭后一片，每日三次，三天。').first().waitFor();
    const form = new FormHand(student);
    await form.choose('收到时封条完好', '是');
    await form.choose('已看懂用药指导', '是');
    await form.sign();
    await outcomeButton(student, '已收到，无异常').tap();
    await wasDecided(student, '已收到，无异常');
    expect(await medicines()).toContain('对乙酰氨基酚已交付');
    await openByThumb(student, number);
    for (const point of ['速度', '隐私', '准确', '态度']) await form.choose(point, '5 很好');
    await form.choose('有需要解决的问题', '否');
    await outcomeButton(student, '提交评价').tap();
    await wasDecided(student, '提交评价');
    await doneIn(instanceId, {
      by: DOCTOR,
      does: 'evaluate-clinic',
      outcome: 'submit',
      answers: { 'clinicEvaluation.indication': '5', 'clinicEvaluation.cooperation': '5', 'clinicEvaluation.process': '5' },
    });
    await briefly('p-qu-zhen', async (head) => {
      await claimFromList(head, number);
      const quality = new FormHand(head);
      for (const point of ['完整', '及时', '合规', '隐私']) await quality.choose(point, '5 很好');
      await quality.choose('结论', '合格');
      await decide(head, '通过并闭环');
    });
    await goTo(student, `/instances/${instanceId}`);
    await student.getByText(/个环节都已完成/).waitFor();
  });
});

describe('a prescription that a rule blocks', () => {
  it('leaves the pharmacist no way to approve it: it goes back to the doctor, or is refused', async () => {
    const { number } = await anInstanceLike('medicine-blocked');
    await briefly(REVIEWER, async (pharmacist) => {
      await claimFromList(pharmacist, number);
      // What the rule found, for whoever has to act on it.
      await expect.poll(() => pharmacist.getByRole('region', { name: '处方规则审查' }).textContent()).toContain('配伍禁忌布洛芬＋阿司匹林');
      const offered = await outcomes(pharmacist).getByRole('button').allTextContents();
      expect(offered.map((words) => words.replaceAll(' ', ''))).toEqual(['退回医师', '拒绝调配']);
      await outcomeButton(pharmacist, '退回医师').click();
      await giveReason(pharmacist, '退回医师', { code: '配伍禁忌', words: '布洛芬与阿司匹林合用。' });
      await wasDecided(pharmacist, '退回医师');
    });
    await briefly(DOCTOR, async (doctor) => {
      await claimFromList(doctor, number);
      await expect.poll(() => doctor.getByRole('region', { name: '退回说明' }).textContent()).toContain('配伍禁忌');
    });
  });
});

describe('an offer', () => {
  it('that runs out goes to the next in turn, under the eyes of who had it; after three the courier delivers', async () => {
    const volunteers = await Promise.all(VOLUNTEERS.map((personId) => onPhone(personId)));
    const [neighbour] = volunteers;
    if (!neighbour) throw new Error('The sample network has no volunteers.');
    const known = new Set((await Promise.all(volunteers.map(parcelsOf))).flat().map((row) => row.instanceId));
    const { instanceId } = await anInstanceLike('medicine-to-prepare');
    await doneIn(instanceId, dispensed);
    await doneIn(instanceId, sealed);

    const { number, instanceId: parcelId } = await offeredTo(neighbour, known);
    await openByThumb(neighbour, number);
    await outcomeButton(neighbour, '接单').waitFor();
    await timeComes(parcelId, 'offer-expired');
    await neighbour.getByRole('heading', { name: '这个任务已经不需要了' }).waitFor();
    for (let asked = 1; asked < 3; asked += 1) {
      await until('the next is asked', async () => {
        const rows = (await Promise.all(volunteers.map(parcelsOf))).flat();
        return rows.some((row) => row.instanceId === parcelId);
      });
      await timeComes(parcelId, 'offer-expired');
    }

    const courier = await onPhone(COURIER);
    await goTo(courier, '/inbox?list=claimable');
    await courier.getByRole('textbox', { name: '在列表中查找' }).fill(number);
    await rowOf(courier, number).tap();
    await carriesNothingElse(courier, parcelId, NOT_FOR_CARRIERS);
    await outcomes(courier).getByRole('button', { name: '认领并处理' }).tap();
    await outcomeButton(courier, '接单').tap();
    await wasDecided(courier, '接单');
    await openByThumb(courier, number);
    await outcomeButton(courier, '封条完好，已取件').waitFor();
    await Promise.all([...volunteers, courier].map((page) => page.context().close()));
  });
});

/** Neither the page of the task nor that of the parcel says more than the carrier needs, nor does what they are made of. */
async function carriesNothingElse(carrier: Page, parcelId: string, words: readonly string[]): Promise<void> {
  // As a screen reader has it: the scripts of a page hold all words of the product.
  const shown = await carrier.locator('body').ariaSnapshot();
  const view = await (await carrier.request.get(`/api/instances/${parcelId}`)).text();
  const inbox = await (await carrier.request.get('/api/inbox?list=todo&serviceKey=parcel')).text();
  const task = await (await carrier.request.get(`/api${new URL(carrier.url()).pathname}`)).text();
  for (const word of words)
    for (const [where, text] of Object.entries({ shown, view, inbox, task })) expect(`${where}: ${text}`).not.toContain(word);
}

async function prescribe(doctor: Page): Promise<void> {
  const form = new FormHand(doctor);
  await form.write('临床诊断', '急性上呼吸道感染');
  await form.select('药品', '对乙酰氨基酚');
  await form.write('规格', '0.5 g');
  await form.number('单次剂量（mg）', 500);
  await form.number('每日次数', 3);
  await form.number('天数', 3);
  await form.number('数量', 9);
  await form.sign();
  await decide(doctor, '签名开方');
}

/** So many days from now, as one types it. */
function inDays(days: number, time?: string): string {
  const local = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return time === undefined ? local : `${local} ${time}`;
}
