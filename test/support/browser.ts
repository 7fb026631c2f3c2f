/** A browser that a test drives as a person would. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { SAMPLE_PASSWORD } from '#bin/seed/people.ts';
import './shared-product.ts';

export const DESK = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

export interface VisitOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: 'zh-CN' | 'en';
}

export const openBrowser = (): Promise<Browser> =>
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

/** A browser profile of its own: nobody is signed in. */
export async function visit(browser: Browser, { viewport = DESK, locale = 'zh-CN' }: VisitOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ baseURL: inject('product').baseUrl, viewport, locale, timezoneId: 'Asia/Shanghai' });
}

/** Signed in over HTTP, which is quicker than the form; the form has a test of its own. */
export async function signedIn(browser: Browser, signInName: string, options: VisitOptions = {}): Promise<Page> {
  const context = await visit(browser, options);
  const { baseUrl } = inject('product');
  const response = await context.request.post('/api/auth/sign-in/username', {
    headers: { origin: baseUrl },
    data: { username: signInName, password: SAMPLE_PASSWORD },
  });
  if (!response.ok()) throw new Error(`${signInName} cannot sign in: ${response.status()} ${await response.text()}`);
  return context.newPage();
}
