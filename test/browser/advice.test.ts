/** Written advice between two sides, and a critical value that is read back on the phone. */
import { describe, expect, it } from 'vitest';
import { browserOfFile, goTo, PHONE } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';
import { claimFromList, decide, openFromList, openTaskOf, outcomeButton, outcomes, wasDecided } from '#test/support/browser-task.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';

const browser = browserOfFile();
const EXPERT = 'p-dong-liang';
const REQUESTER = 'p-zhou-yan';
const REPORTER = 'p-bai-xue';

describe('written advice', () => {
  it('goes back and forth between the two, and becomes a referral once the requester agrees', async () => {
    const { instanceId, number } = await anInstanceLike('advice-to-answer');
    const expert = await browser.signedIn(EXPERT);
    await claimFromList(expert, number);
    await new FormHand(expert).write('反问', '有无咯血与体重下降？');
    await decide(expert, '反问申请方');

    const requester = await browser.signedIn(REQUESTER, { viewport: PHONE });
    await goTo(requester, await openTaskOf(requester, instanceId));
    await new FormHand(requester).write('回答', '无咯血，体重无变化。');
    await outcomeButton(requester, '提交回答').tap();
    await wasDecided(requester, '提交回答');

    await claimFromList(expert, number);
    const form = new FormHand(expert);
    expect(await form.written('反问')).toBe('');
    await outcomeButton(expert, '建议转诊').click();
    await expert.getByRole('alert').filter({ hasText: '需要填写或修改' }).waitFor();
    await form.write('建议', '建议住院完善支气管镜检查。');
    await expert.getByRole('heading', { name: '建议转诊', exact: true }).click();
    await form.choose('转诊方向', '上转');
    await form.sign();
    await expert.getByText('已签名').waitFor();
    await decide(expert, '建议转诊');

    await goTo(requester, await openTaskOf(requester, instanceId));
    await outcomeButton(requester, '同意，转为转诊').tap();
    await wasDecided(requester, '同意，转为转诊');
    const expectLinked = async (): Promise<readonly string[]> => {
      const { linked } = await (await requester.request.get(`/api/instances/${instanceId}`)).json();
      return linked.map(({ number: linkedNumber }: { number: string }) => linkedNumber.slice(0, 2));
    };
    await expect.poll(expectLinked).toEqual(['ZZ']);
    await requester.context().close();

    const desk = await browser.signedIn(REQUESTER);
    await openFromList(desk, number);
    await new FormHand(desk).choose('采纳情况', '全部采纳');
    await decide(desk, '审阅完毕');
    await Promise.all([expert.context().close(), desk.context().close()]);
  });
});

describe('a critical value', () => {
  it('is read back on the phone: what differs is told and asked again, what agrees is acknowledged', async () => {
    const { instanceId } = await anInstanceLike('critical-value');
    const doctor = await browser.signedIn('p-sun-qi', { viewport: PHONE });
    const read = async (side: string): Promise<void> => {
      const { header } = await (await doctor.request.get(`/api/instances/${instanceId}`)).json();
      const task = header.waitingFor.find(({ name }: { name: { en?: string } }) => name.en === 'Acknowledge the critical value');
      await goTo(doctor, `/instances/${instanceId}/tasks/${task.taskId}`);
      const form = new FormHand(doctor);
      await form.select('复述：危急所见', '肺动脉栓塞');
      await form.choose('复述：侧别', side);
      await form.write('复述原话', '双侧肺动脉主干及分支充盈缺损。');
      await form.choose('接报方式', '系统内阅读');
      await form.write('处置措施', '已启动抗凝，联系重症医学科。');
      await form.sign();
      await doctor.getByText('已签名').waitFor();
      await outcomeButton(doctor, '复述并接报').tap();
      await wasDecided(doctor, '复述并接报');
    };
    const reporter = await browser.signedIn(REPORTER);
    await read('左侧');
    await goTo(reporter, '/notices');
    await reporter.getByText('危急值复述与报告不符，请重新复述').first().waitFor();
    await read('双侧');
    await goTo(reporter, '/notices');
    await reporter.getByText('危急值已复述并接报').first().waitFor();
    await Promise.all([doctor.context().close(), reporter.context().close()]);
  });

  it('keeps its buttons in reach of a thumb and its page from moving sideways', async () => {
    const { instanceId } = await anInstanceLike('critical-value');
    const doctor = await browser.signedIn('p-sun-qi', { viewport: PHONE });
    const { header } = await (await doctor.request.get(`/api/instances/${instanceId}`)).json();
    const task = header.waitingFor.find(({ name }: { name: { en?: string } }) => name.en === 'Acknowledge the critical value');
    await goTo(doctor, `/instances/${instanceId}/tasks/${task.taskId}`);
    await outcomes(doctor).waitFor();
    expect(await doctor.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await doctor.context().close();
  });
});
