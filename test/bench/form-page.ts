/**
 * A large form on the product's own page, in Chromium: from the click that opens it until it takes the first key, and from a key press until the
 * character is painted. The page runs as it is served to everybody, signed in, with drafts being saved.
 */
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { readFlowFolder } from '#bin/flow-folder.ts';
import { ROOT } from '#bin/start/applications.ts';
import { openDatabase } from '#db/database.ts';
import { deploy } from '#engine/deploy.ts';
import { findChromium } from '../support/chromium.ts';
import { LARGE_FORM, largeResponse } from '../support/large-form.ts';
import type { Stack } from '../support/stack.ts';
import { measureLforms } from './lforms-page.ts';
import { APPLICANT } from './people.ts';
import { percentiles, shown } from './statistics.ts';

const KEY = 'large-form';
const OPENINGS = Number(process.env.BENCH_OPENINGS ?? 20);
const KEYS = 100;
const SLOWNESS = [1, 4];
/** Longer than the form waits until it counts what is open and saves. */
const BETWEEN_KEYS_MS = 120;

export async function measureFormPage(on: Stack, say: (text: string) => void): Promise<void> {
  const draftId = await prepare(on);
  const browser = await chromium.launch({
    executablePath: await findChromium(say),
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    say(`\nThe same form on its page in Chromium ${browser.version()}: ms p50 / p95 / p99; opened ${OPENINGS} times, ${KEYS} keys a field`);
    for (const slowness of SLOWNESS) {
      const context = await signedIn(browser, on);
      const page = await context.newPage();
      await slowDown(page, slowness);
      const name = (what: string) => `${what}, processor ${slowness} × slowed`.padEnd(60);
      // Once more than is counted: the first time everything is loaded over the network and compiled.
      const openings: number[] = [];
      for (let n = 0; n <= OPENINGS; n += 1) openings.push(await open(page, draftId));
      say(
        `${name('opened from the list of drafts')} ${shown(percentiles(openings.slice(1)))}  (first time ${Math.round(openings[0] ?? 0)})`,
      );
      say(`${name('key → paint, number that a condition and scores read')} ${shown(percentiles(await typed(page, 'g0.n')))}`);
      say(`${name('key → paint, text that nothing reads')} ${shown(percentiles(await typed(page, 'g0.note')))}`);
      const addressed: number[] = [];
      for (let n = 0; n < 3; n += 1) addressed.push(await reload(page));
      say(`${name('opened by its address, everything cached')} ${addressed.map(Math.round).join(' · ')}`);
      await context.close();
      await measureLforms(browser, slowness, say);
    }
  } finally {
    await browser.close();
  }
}

async function prepare(on: Stack): Promise<string> {
  const five = await readFlowFolder(path.join(ROOT, 'test/bench/five-steps'));
  const xml = five.bpmn.xml.replace('process id="five-steps"', `process id="${KEY}"`).replace('formId="five-steps"', `formId="${KEY}"`);
  const descriptor = { ...(five.descriptor as object), key: KEY, processId: KEY, numberPrefix: 'GF', startForm: KEY, titleFacts: [] };
  const json = { ...LARGE_FORM, url: `https://example.org/Questionnaire/${KEY}` };
  const db = openDatabase({ url: on.databaseUrl, connectionsMax: 1, applicationName: 'bench' });
  const deployed = await deploy(db, {
    ...five,
    descriptor,
    bpmn: { file: `${KEY}.bpmn`, xml },
    forms: [...five.forms, { file: `forms/${KEY}.json`, key: KEY, json }],
  });
  await db.destroy();
  if (deployed.kind === 'refused') throw new Error(`The flow of the large form is refused: ${JSON.stringify(deployed.findings)}`);
  const client = await on.signIn(APPLICANT);
  const { form } = await client.get<{ readonly form: { readonly hash: string } }>(`/api/services/${KEY}`);
  const scope = { kind: 'service', serviceKey: KEY };
  const { id } = await client.put<{ readonly id: string }>('/api/drafts', {
    scope,
    formHash: form.hash,
    version: 0,
    response: largeResponse(),
  });
  return id;
}

async function signedIn(browser: Browser, { baseUrl, client }: Stack): Promise<BrowserContext> {
  const person = client();
  await person.signIn(APPLICANT);
  const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await context.addCookies(
    person.cookie.split('; ').map((cookie) => {
      const [name = '', ...value] = cookie.split('=');
      return { name, value: value.join('='), url: baseUrl };
    }),
  );
  // What the loader of TypeScript wraps named functions in.
  await context.addInitScript('globalThis.__name = (named) => named;');
  await context.addInitScript(instruments);
  context.setDefaultTimeout(120_000);
  return context;
}

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** As from the list of drafts, within the page; milliseconds from the click. */
async function open(page: Page, draftId: string): Promise<number> {
  await page.goto('/apply');
  await page.evaluate(() => window.bench.alive());
  await page.waitForTimeout(500);
  return page.evaluate((id) => window.bench.open(id), draftId);
}

async function reload(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'commit' });
  return page.evaluate(() => window.bench.filled());
}

async function typed(page: Page, linkId: string): Promise<readonly number[]> {
  await page.locator(`[id$="f_${linkId.replace('.', '_002e')}"]`).focus();
  await page.evaluate(() => window.bench.keys.splice(0));
  for (let n = 0; n < KEYS; n += 1) {
    // A number stays short: every second key takes the digit away.
    await page.keyboard.press(n % 2 === 0 ? String(1 + ((n / 2) % 8)) : 'Backspace');
    await page.waitForTimeout(BETWEEN_KEYS_MS);
  }
  return page.evaluate(() => window.bench.keys.splice(0));
}

declare global {
  interface Window {
    bench: {
      readonly keys: number[];
      alive(): Promise<number>;
      filled(): Promise<number>;
      open(draftId: string): Promise<number>;
    };
  }
}

/** Runs in the page before anything else. */
function instruments(): void {
  interface Fiber {
    readonly child: Fiber | null;
    readonly sibling: Fiber | null;
    readonly memoizedState: { readonly isDehydrated?: boolean; readonly dehydrated?: unknown } | null;
  }
  /** React has taken over all that stands on the page. */
  const isAlive = (): boolean => {
    const container = Object.entries(document).find(([key]) => key.startsWith('__reactContainer'));
    if (!container) return false;
    const waiting: Fiber[] = [(container[1] as { readonly stateNode: { readonly current: Fiber } }).stateNode.current];
    for (let fiber = waiting.pop(); fiber; fiber = waiting.pop()) {
      if (fiber.memoizedState?.isDehydrated || fiber.memoizedState?.dehydrated) return false;
      if (fiber.child) waiting.push(fiber.child);
      if (fiber.sibling) waiting.push(fiber.sibling);
    }
    return true;
  };
  /** Painted, and what follows a paint is done: a key would be heard at once. */
  const afterPaint = (): Promise<number> =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))));
  const until = (holds: () => boolean): Promise<number> =>
    new Promise((resolve) => {
      const look = () => (holds() ? void afterPaint().then(resolve) : requestAnimationFrame(look));
      look();
    });
  /** The first field that can be typed in. */
  const isFilled = (): boolean => document.querySelector('[id$="f_g0_002en"]') !== null && isAlive();
  const keys: number[] = [];
  const pressed = ({ timeStamp }: KeyboardEvent) => requestAnimationFrame(() => setTimeout(() => keys.push(performance.now() - timeStamp)));
  addEventListener('keydown', pressed, { capture: true });
  window.bench = {
    keys,
    alive: () => until(isAlive),
    filled: () => until(isFilled),
    open: async (draftId) => {
      const link = document.querySelector<HTMLAnchorElement>(`a[href*="${draftId}"]`);
      if (!link) throw new Error('The draft is not in the list.');
      const began = performance.now();
      link.click();
      return (await until(isFilled)) - began;
    },
  };
}
