/** Every page, in both languages, on both screens, by day and by night: what has to hold wherever somebody goes. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { browserOfFile, DESK, isAlive, PHONE, type VisitOptions } from '#test/support/browser.ts';
import { openTaskOf } from '#test/support/browser-task.ts';
import { type Watch, watch } from '#test/support/browser-watch.ts';
import { chineseAmong, keysAmong, textsOf } from '#test/support/browser-words.ts';
import { anInstanceLike } from '#test/support/sample-instance.ts';
import en from '#web/messages/en/index.ts';

const browser = browserOfFile();

const TABS = ['progress', 'timeline', 'forms', 'files', 'comments'];

/** Who opens which pages; nobody: without signing in. */
let places: readonly { readonly personId: string | null; readonly addresses: readonly string[] }[];

beforeAll(async () => {
  const [open, mine, returned, closed] = await Promise.all([
    anInstanceLike('waiting-for-review'),
    anInstanceLike('to-prepare'),
    anInstanceLike('returned'),
    anInstanceLike('closed-mdt'),
  ]);
  const [manager, applicant, correcting] = await Promise.all([
    browser.signedIn('p-he-jing'),
    browser.signedIn('p-wu-tong'),
    browser.signedIn('p-cui-bin'),
  ]);
  const toClaim = await openTaskOf(manager, open.instanceId);
  const toDo = await openTaskOf(applicant, mine.instanceId);
  const toCorrect = await openTaskOf(correcting, returned.instanceId);
  const designer = await browser.signedIn('p-mo-yan');
  await designer.request.post('/api/forms/consult/consult-quality/edition', { data: {} });
  await Promise.all([manager, applicant, correcting, designer].map((page) => page.context().close()));
  places = [
    { personId: null, addresses: ['/sign-in'] },
    {
      personId: 'p-he-jing',
      addresses: [
        '/inbox',
        '/inbox?list=claimable',
        '/inbox?list=done',
        '/inbox?list=claimable&phase=quality',
        toClaim,
        '/instances',
        `/instances/${closed.instanceId}/print`,
      ],
    },
    {
      personId: 'p-wu-tong',
      addresses: [
        '/inbox?list=started',
        '/inbox?list=cc',
        '/apply',
        '/apply/consult',
        `/apply/consult/sent?instance=${mine.instanceId}`,
        ...TABS.map((tab) => `/instances/${mine.instanceId}?tab=${tab}`),
        toDo,
        '/notices',
        '/settings',
      ],
    },
    { personId: 'p-cui-bin', addresses: [toCorrect] },
    { personId: 'p-ye-zhou', addresses: ['/audit', `/audit/${closed.instanceId}`, `/audit/${closed.instanceId}?step=3`] },
    {
      personId: 'p-mo-yan',
      addresses: ['/definitions', '/forms', '/forms/consult/consult-quality', '/forms/consult/consult-quality/edit'],
    },
    { personId: 'p-kang-ning', addresses: ['/operations', '/operations?problem=stopped', '/operations?problem=incident'] },
  ];
});

const LANGUAGES = ['zh-CN', 'en'] as const;
const SCREENS = { desk: DESK, phone: PHONE } as const;
/** Night changes nothing but colours, and those are the same in both languages. */
const COMBINATIONS = (['desk', 'phone'] as const).flatMap((screen) => [
  ...LANGUAGES.map((locale) => [locale, screen, 'light'] as const),
  ['zh-CN', screen, 'dark'] as const,
]);

/** A tour of all pages. */
const LONG_MS = 10 * 60_000;

/** From 0.1 on, browsers call a page unsteady. */
const SHIFT_MAX = 0.05;

describe('every page', () => {
  it.each(COMBINATIONS)(
    'opens in %s on a %s, %s, steadily, without an error and accessible to all',
    async (locale, screen, theme) => {
      const options = { locale, theme, viewport: SCREENS[screen] };
      const found = await Promise.all(places.map((place) => problemsOf(place, options)));
      expect(found.flat()).toEqual([]);
    },
    LONG_MS,
  );

  it('that does not exist says so, and shows the way back', async () => {
    const page = await browser.signedIn('p-wu-tong');
    const response = await page.goto('/nowhere');
    expect(response?.status()).toBe(404);
    await page.getByText('没有找到这个页面').waitFor();
    await page.getByRole('main').getByRole('button', { name: '回到收件箱' }).click();
    await page.getByRole('heading', { name: '待办' }).waitFor();
    await page.context().close();
  });
});

async function problemsOf({ personId, addresses }: (typeof places)[number], options: VisitOptions): Promise<readonly string[]> {
  const page = personId === null ? await (await browser.visit(options)).newPage() : await browser.signedIn(personId, options);
  const watching = await watch(page);
  const problems: string[] = [];
  for (const address of addresses) {
    await page.goto(address);
    await settled(page);
    for (const problem of await problemsHere(page, watching, options)) problems.push(`${address}: ${problem}`);
  }
  await page.context().close();
  return problems;
}

/** Everything that comes later than the page itself has come. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await isAlive(page);
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy="true"]') === null &&
      [...document.querySelectorAll('figure')].every((figure) => figure.querySelector('.djs-container svg .djs-element')) &&
      document
        .getAnimations()
        .every((animation) => animation.playState !== 'running' || animation.effect?.getTiming().iterations === Infinity),
  );
}

async function problemsHere(page: Page, watching: Watch, { locale, theme }: VisitOptions): Promise<readonly string[]> {
  const { score, moved } = await watching.layoutShift();
  const texts = await textsOf(page);
  // There are no frames here.
  const everything = new AxeBuilder({ page }).setLegacyMode(true);
  const axe = await (theme === 'dark' ? everything.withRules(['color-contrast']) : everything).analyze();
  const grave = axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...watching.takeProblems(),
    ...(score > SHIFT_MAX ? [`moves by itself (${score.toFixed(3)}): ${[...new Set(moved)].slice(0, 4).join(', ')}`] : []),
    ...keysAmong(texts).map((text) => `shows a key: ${text}`),
    ...(locale === 'en' ? chineseAmong(texts, [en.common.productFull]).map((text) => `is not in English: ${text}`) : []),
    ...grave.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 160))
          .slice(0, 3)
          .join(' | ')}`,
    ),
  ];
}

describe('the content policy', () => {
  it('lets only those scripts run that carry the number of this very answer', async () => {
    const context = await browser.visit();
    const policies = await Promise.all(
      [1, 2].map(
        async () => (await context.request.get(`${inject('product').baseUrl}/sign-in`)).headers()['content-security-policy'] ?? '',
      ),
    );
    const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
    expect(nonces[0]).toMatch(/^[\w+/=]{20,}$/);
    expect(nonces[1]).not.toBe(nonces[0]);
    expect(policies[0]).not.toMatch(/script-src[^;]*'unsafe/);
    const page = await context.newPage();
    await page.goto('/sign-in');
    const hasRun = await page.evaluate(() => {
      // What somebody may have smuggled into a text that is shown.
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.intruder = true');
      document.body.append(button);
      button.click();
      return 'intruder' in window;
    });
    expect(hasRun).toBe(false);
    await context.close();
  });
});
