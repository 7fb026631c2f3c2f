import { mkdirSync } from 'node:fs';
import { it } from 'vitest';
import { browserOfFile, DESK, goTo, PHONE } from '#test/support/browser.ts';
import { openTaskOf } from '#test/support/browser-task.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';
const browser = browserOfFile();
it('looks', async () => {
  mkdirSync('/tmp/cbuild/shots', { recursive: true });
  const [critical, toAnswer, proposed, toReport, closed, consider] = await Promise.all(['critical-value', 'advice-to-answer', 'advice-referral-proposed', 'report-to-issue', 'advice-closed', 'advice-to-consider'].map((n) => anInstanceLike(n)));
  const shot = async (name: string, person: string, where: (page: any) => Promise<string>) => {
    for (const [v, viewport] of [['desk', DESK], ['phone', PHONE]] as const)
      for (const locale of ['zh-CN', 'en'] as const) {
        const page = await browser.signedIn(person, { viewport, locale });
        await goTo(page, await where(page));
        await page.waitForTimeout(1500);
        await page.screenshot({ path: `/tmp/cbuild/shots/${name}-${v}-${locale}.png`, fullPage: true });
        await page.context().close();
      }
  };
  const named = (id: string, en: string) => async (page: any) => {
    const { header } = await (await page.request.get(`/api/instances/${id}`)).json();
    return `/instances/${id}/tasks/${header.waitingFor.find((t: any) => t.name.en === en).taskId}`;
  };
  await shot('ack', 'p-sun-qi', named(critical!.instanceId, 'Acknowledge the critical value'));
  await shot('answer', 'p-dong-liang', (page) => openTaskOf(page, toAnswer!.instanceId));
  await shot('report', 'p-bai-xue', (page) => openTaskOf(page, toReport!.instanceId));
  await shot('authorise', 'p-zhou-yan', (page) => openTaskOf(page, proposed!.instanceId));
  await shot('consider', 'p-liu-fei', (page) => openTaskOf(page, consider!.instanceId));
  await shot('apply', 'p-zhou-yan', async () => '/apply/advice');
  await shot('closed', 'p-zhou-yan', async () => `/instances/${closed!.instanceId}`);
  await shot('consult', 'p-sun-qi', async () => `/instances/${critical!.instanceId}`);
}, 900_000);
