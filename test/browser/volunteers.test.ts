/** A volunteer from the application to the farewell: clicked by the student on the phone, by coordinator, pharmacist and head of the clinic. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { claimFromList, decide, giveReason, openByThumb, outcomeButton, wasDecided } from '#test/support/browser-task.ts';
import { until } from '#test/support/until.ts';

const [STUDENT, COORDINATOR, PHARMACIST, HEAD] = ['p-bo-wen', 'p-ou-yang', 'p-lan-xin', 'p-qu-zhen'] as const;
/** Roles are given and taken by a program; on two cores that many share it can be slow. */
const PROGRAMS_MS = 120_000;

const browser = browserOfFile();

describe('a volunteer', () => {
  let student: Page;
  let coordinator: Page;
  let number: string;
  let instanceId: string;
  beforeAll(async () => {
    student = await browser.signedIn(STUDENT, { viewport: PHONE });
    coordinator = await browser.signedIn(COORDINATOR);
  });

  const isVolunteer = async (): Promise<boolean> => {
    const { roles } = await (await student.request.get('/api/me')).json();
    return roles.some(({ role }: { readonly role: string }) => role === 'volunteer');
  };
  const becomes = (what: boolean): Promise<unknown> =>
    until(`the student is ${what ? 'a' : 'no'} volunteer`, async () => (await isVolunteer()) === what, PROGRAMS_MS);
  const hears = async (words: RegExp): Promise<void> => {
    await goTo(student, '/notices');
    await student.getByRole('link', { name: words }).first().waitFor();
  };

  it('applies on the phone', async () => {
    await goTo(student, '/apply/volunteer');
    const form = new FormHand(student);
    await form.pick('专业', '药学');
    await form.number('年级', 2);
    await form.choose('性别', '男');
    await form.pick('所住楼栋', '研究生公寓');
    await form.tick('可服务时段', '周末');
    await form.choose('本人健康，可承担派送', '是');
    await form.choose('承诺保密，不开启包裹', '是');
    await form.sign();
    await student.getByRole('button', { name: '提交申请' }).tap();
    await student.getByRole('heading', { name: '申请已提交' }).waitFor();
    number = /编号 (\S+?)。/.exec((await student.getByRole('main').getByRole('status').textContent()) ?? '')?.[1] ?? '';
    expect(number).toMatch(/^ZY/);
    instanceId = new URL(student.url()).searchParams.get('instance') ?? '';
    expect(await isVolunteer()).toBe(false);
  });

  it('is not selected against the checklist, and says at the point what stands against it', async () => {
    await claimFromList(coordinator, number);
    const form = new FormHand(coordinator);
    await form.choose('在读学生身份属实', '是');
    await form.choose('专业符合', '否');
    await outcomeButton(coordinator, '录取').click();
    await coordinator.getByText('须为“是”才能继续；否则请选择其他处理方式。').first().waitFor();
    await form.choose('专业符合', '是');
    await decide(coordinator, '录取');
  });

  it('is trained by the coordinator, and tested by a pharmacist', async () => {
    await claimFromList(coordinator, number);
    const form = new FormHand(coordinator);
    for (const subject of ['药品基础', '隐私保护', '卫生', '路线与交付', '沟通']) await form.choose(subject, '是');
    await form.number('学时', 8);
    await decide(coordinator, '培训完成');

    const pharmacist = await browser.signedIn(PHARMACIST);
    await claimFromList(pharmacist, number);
    const test = new FormHand(pharmacist);
    await test.number('得分', 92);
    await test.sign();
    await decide(pharmacist, '合格');
    await pharmacist.context().close();
  });

  it('may carry parcels from then on, and is told so', async () => {
    await becomes(true);
    await hears(/已获志愿者授权/);
  });

  it('has hours and honours recorded, and reads of it', async () => {
    await claimFromList(coordinator, number);
    const form = new FormHand(coordinator);
    await form.number('服务小时', 20);
    await form.number('派送次数', 12);
    await form.number('积分', 40);
    await form.tick('荣誉', '服务之星');
    await decide(coordinator, '登记工时与激励');
    await hears(/服务激励已登记/);
  });

  it('loses the right at once when a pharmacist suspends it with a reason, and has it back when that is looked into', async () => {
    const pharmacist = await browser.signedIn(PHARMACIST);
    await goTo(pharmacist, `/instances/${instanceId}`);
    await pharmacist.getByRole('button', { name: '暂停资格' }).click();
    await giveReason(pharmacist, '暂停资格', { code: '多次迟到' });
    await becomes(false);
    await pharmacist.context().close();

    await claimFromList(coordinator, number);
    const form = new FormHand(coordinator);
    await form.write('事实', '两次迟到均因考试延时，已提前告知收件人。');
    await form.write('本人陈述', '今后先改排班。');
    await decide(coordinator, '恢复资格');
    await becomes(true);
  });

  it('takes leave: both sides evaluate, and the head of the clinic closes the loop', async () => {
    await claimFromList(coordinator, number);
    await decide(coordinator, '服务期满');
    await becomes(false);

    await openByThumb(student, number);
    const experience = new FormHand(student);
    for (const point of ['培训', '组织', '收获']) await experience.choose(point, '5 很好');
    await outcomeButton(student, '提交评价').tap();
    await wasDecided(student, '提交评价');

    await claimFromList(coordinator, number);
    const service = new FormHand(coordinator);
    for (const point of ['可靠', '守密', '态度']) await service.choose(point, '5 很好');
    await decide(coordinator, '提交评价');

    const head = await browser.signedIn(HEAD);
    await claimFromList(head, number);
    const quality = new FormHand(head);
    for (const point of ['合规', '公平']) await quality.choose(point, '5 很好');
    await decide(head, '通过并闭环');
    await head.context().close();

    await goTo(student, `/instances/${instanceId}`);
    await student.getByRole('region', { name: '已闭环' }).waitFor();
  });
});
