/** A browser that a test drives as a person would. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { personOf, SAMPLE_PASSWORD } from '#bin/seed/people.ts';
import { LOCALE_COOKIE, THEME_COOKIE } from '#web/lib/preferences.ts';
import './shared-product.ts';

export const DESK = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** Two cores that many share can be slow; a condition that holds is seen at once all the same. */
export const PATIENCE_MS = 60_000;

export interface VisitOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: 'zh-CN' | 'en';
  readonly theme?: 'light' | 'dark';
}

export interface TestBrowser {
  /** A browser profile of its own: nobody is signed in. A narrow window is a phone's, with touch. */
  visit(options?: VisitOptions): Promise<BrowserContext>;
  /** A window of somebody signed in, in a profile of its own. */
  signedIn(personId: string, options?: VisitOptions): Promise<Page>;
}

/** One browser for a test file. Of a test that fails, pictures of every open window are kept. */
export function browserOfFile(): TestBrowser {
  let browser: Browser | undefined;
  const started = (): Browser => {
    if (!browser) throw new Error('The browser starts with the first test.');
    return browser;
  };
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(started(), task.name);
  });
  return {
    visit: (options) => visit(started(), options),
    signedIn: (personId, options) => signedIn(started(), personId, options),
  };
}

const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: inject('product').chromium,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

async function keepPictures(browser: Browser, test: string): Promise<void> {
  const folder = path.join(process.env.BIHUAN_HOME ?? '.bihuan', 'failed');
  await mkdir(folder, { recursive: true });
  for (const [index, page] of browser
    .contexts()
    .flatMap((context) => context.pages())
    .entries()) {
    const file = path.join(folder, `${test.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}-${index + 1}`);
    await page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    const words = await page
      .locator('body')
      .ariaSnapshot()
      .catch(() => '');
    await writeFile(`${file}.txt`, `${page.url()}\n${words}\n`);
  }
}

const PHONE_USER_AGENT =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';

async function visit(browser: Browser, { viewport = DESK, locale = 'zh-CN', theme = 'light' }: VisitOptions = {}): Promise<BrowserContext> {
  const { baseUrl } = inject('product');
  const isPhone = viewport.width <= PHONE.width;
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport,
    locale,
    colorScheme: theme,
    timezoneId: 'Asia/Shanghai',
    ...(isPhone ? { isMobile: true, hasTouch: true, userAgent: PHONE_USER_AGENT } : {}),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addCookies([
    { name: LOCALE_COOKIE, value: locale, url: baseUrl },
    { name: THEME_COOKIE, value: theme, url: baseUrl },
  ]);
  return context;
}

/** Signed in over HTTP, which is quicker than the form; the form has a test of its own. */
async function signedIn(browser: Browser, personId: string, options: VisitOptions = {}): Promise<Page> {
  const context = await visit(browser, options);
  await signIn(context, personId);
  return context.newPage();
}

async function signIn(context: BrowserContext, personId: string): Promise<void> {
  const { baseUrl } = inject('product');
  const { signInName } = personOf(personId);
  const response = await context.request.post('/api/auth/sign-in/username', {
    headers: { origin: baseUrl },
    data: { username: signInName, password: SAMPLE_PASSWORD },
  });
  if (!response.ok()) throw new Error(`${signInName} cannot sign in: ${response.status()} ${await response.text()}`);
}

/** Opens a page and waits until it is alive: what is pressed or typed before React has taken a control over can be lost. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await isAlive(page);
}

/** Every part of the page is React's: its root and each boundary are committed, so that what is pressed is heard. */
export async function isAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    interface Fiber {
      readonly child: Fiber | null;
      readonly sibling: Fiber | null;
      readonly memoizedState: { readonly isDehydrated?: boolean; readonly dehydrated?: unknown } | null;
    }
    const container = Object.entries(document).find(([key]) => key.startsWith('__reactContainer'));
    // What was streamed stands hidden at the end, in React's queue (`$RB`), until it is put in its place.
    if (!container || (window as { readonly $RB?: readonly Element[] }).$RB?.length) return false;
    const waiting: Fiber[] = [(container[1] as { readonly stateNode: { readonly current: Fiber } }).stateNode.current];
    for (let fiber = waiting.pop(); fiber; fiber = waiting.pop()) {
      if (fiber.memoizedState?.isDehydrated || fiber.memoizedState?.dehydrated) return false;
      if (fiber.child) waiting.push(fiber.child);
      if (fiber.sibling) waiting.push(fiber.sibling);
    }
    return true;
  });
  // Committed; what follows a commit (effects) runs before the second frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))));
}

const RESTS_MS = 150;

/** Where it is once it moves no more: a menu that opens moves what is in it. */
export async function restingBox(locator: Locator) {
  for (let last = await locator.boundingBox(); ; ) {
    await locator.page().waitForTimeout(RESTS_MS);
    const box = await locator.boundingBox();
    if (box && last && box.x === last.x && box.y === last.y) return box;
    last = box;
  }
}
