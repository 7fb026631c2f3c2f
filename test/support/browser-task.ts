/** What everybody does with tasks, from the list to the decision. */
import type { Locator, Page } from 'playwright-core';
import type { InboxList } from '#api/views/inbox.ts';
import type { InstanceView } from '#api/views.ts';
import zh from '#web/messages/zh-CN/index.ts';
import { paths } from '#web/paths.ts';
import { goTo, restingBox } from './browser.ts';

export const rowOf = (page: Page, number: string): Locator => page.getByRole('row').filter({ hasText: number });

/** Finds the instance in one of the lists, through the list's own search. */
export async function findInList(page: Page, list: InboxList, number: string): Promise<Locator> {
  await goTo(page, paths.inbox({ list }));
  await page.getByRole('textbox', { name: zh.inbox.filterTextLabel }).fill(number);
  const row = rowOf(page, number);
  await row.first().waitFor();
  return row;
}

/** Finds a task that nobody has yet and takes it. */
export async function claimFromList(page: Page, number: string): Promise<void> {
  await pressInPreview(page, await findInList(page, 'claimable', number), number, zh.inbox.claimAndOpen);
}

/** Opens the own task. */
export async function openFromList(page: Page, number: string): Promise<void> {
  await pressInPreview(page, await findInList(page, 'todo', number), number, zh.inbox.open);
}

/** From the start page to a task that nobody has yet, by thumb. */
export async function claimByThumb(page: Page, number: string): Promise<void> {
  await goTo(page, paths.inbox());
  await page
    .getByRole('navigation', { name: zh.inbox.listsLabel })
    .getByRole('link', { name: new RegExp(zh.inbox.lists.claimable) })
    .tap();
  await page.getByRole('heading', { name: zh.inbox.lists.claimable }).waitFor();
  await page.getByRole('textbox', { name: zh.inbox.filterTextLabel }).fill(number);
  await rowOf(page, number).tap();
  const claim = outcomes(page).getByRole('button', { name: zh.task.claimAndWork });
  await claim.tap();
  // What stands there then is drawn anew.
  await claim.waitFor({ state: 'hidden' });
}

/** From the start page to the own task, by thumb. */
export async function openByThumb(page: Page, number: string): Promise<void> {
  await goTo(page, paths.inbox({ list: 'todo' }));
  await page.getByRole('textbox', { name: zh.inbox.filterTextLabel }).fill(number);
  await rowOf(page, number).tap();
  await outcomes(page).waitFor();
}

export async function pressInPreview(page: Page, row: Locator, number: string, button: string): Promise<void> {
  await row.first().click();
  const preview = page.getByRole('complementary', { name: zh.inbox.preview });
  // The preview follows the list; a person reads whose it is before pressing anything in it.
  await preview.getByText(number, { exact: true }).waitFor();
  await preview.getByRole('button', { name: button, exact: true }).click();
  await outcomes(page).waitFor();
}

/** Where the first open task of the instance stands. */
export async function openTaskOf(page: Page, instanceId: string): Promise<string> {
  const view: InstanceView = await (await page.request.get(`/api/instances/${instanceId}`)).json();
  return paths.task(instanceId, view.header.waitingFor[0]?.taskId ?? '');
}

export const outcomes = (page: Page): Locator => page.getByRole('region', { name: zh.task.actions });

export const outcomeButton = (page: Page, outcome: string): Locator => outcomes(page).getByRole('button', { name: outcome, exact: true });

/** Presses the outcome and sees that it was done. */
export async function decide(page: Page, outcome: string): Promise<void> {
  await outcomeButton(page, outcome).click();
  await wasDecided(page, outcome);
}

export const wasDecided = (page: Page, outcome: string): Promise<void> =>
  page.getByRole('heading', { name: zh.task.doneTitle.replace('{outcome}', outcome) }).waitFor();

/** Gives a reason of the list, or in words, in the dialog that asks for it. */
export async function giveReason(
  page: Page,
  outcome: string,
  { code, words }: { readonly code?: string; readonly words?: string },
): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (code !== undefined) await dialog.getByText(code, { exact: true }).click();
  if (words !== undefined) await dialog.getByRole('textbox').fill(words);
  const send = dialog.getByRole('button', { name: outcome, exact: true });
  // The dialog comes with a motion: a press that the button moves under is no press.
  await restingBox(send);
  await send.click();
}
