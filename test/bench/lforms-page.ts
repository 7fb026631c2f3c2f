/**
 * The form of 800 items with its answers in LHC-Forms (NLM), in the same Chromium as ours: from the call that puts the form on a page until its
 * first field takes a key, and from a key press until its paint. A bare page without sign-in, shell and drafts, its scripts loaded before.
 * `npm install --no-save lforms@40.1.3` (57 MB), or LFORMS_HOME with the unpacked package.
 */
import { access } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { Browser } from 'playwright-core';
import { ROOT } from '#bin/start/applications.ts';
import { LARGE_FORM, largeResponse } from '../support/large-form.ts';
import { percentiles, shown } from './statistics.ts';

const HOME = process.env.LFORMS_HOME ?? path.join(ROOT, 'node_modules/lforms');
const ORIGIN = 'http://lforms.test';
const OPENINGS = Number(process.env.BENCH_OPENINGS ?? 20);
const KEYS = 40;
const BETWEEN_KEYS_MS = 120;
const PAGE = `<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/webcomponent/styles.css"></head><body><div id="form"></div>
<script src="/webcomponent/assets/lib/zone.min.js"></script><script src="/webcomponent/lhc-forms.js"></script><script src="/fhir/lformsFHIRAll.min.js"></script></body></html>`;

export async function measureLforms(browser: Browser, slowness: number, say: (text: string) => void): Promise<void> {
  const isThere = await access(HOME).then(
    () => true,
    () => false,
  );
  if (!isThere) return say('LHC-Forms is not there to compare with: npm install --no-save lforms@40.1.3');
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript('globalThis.__name = (named) => named;');
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return pathname === '/'
      ? route.fulfill({ contentType: 'text/html', body: PAGE })
      : route.fulfill({ path: path.join(HOME, 'dist/lforms', pathname) });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  const openings: number[] = [];
  for (let n = 0; n <= OPENINGS; n += 1) {
    await page.goto(ORIGIN);
    openings.push(await page.evaluate(openInPage, { questionnaire: LARGE_FORM, response: largeResponse() }));
  }
  const name = (what: string) => `LHC-Forms: ${what}, processor ${slowness} × slowed`.padEnd(60);
  say(`${name('opened, its scripts loaded before')} ${shown(percentiles(openings.slice(1)))}`);
  await page.locator('input[id^="g0.n/"]').focus();
  for (let n = 0; n < KEYS; n += 1) {
    await page.keyboard.press(n % 2 === 0 ? String(1 + ((n / 2) % 8)) : 'Backspace');
    await page.waitForTimeout(BETWEEN_KEYS_MS);
  }
  say(`${name('key → paint, the same number')} ${shown(percentiles(await page.evaluate(() => (window as unknown as Measured).keys)))}`);
  await page.close();
}

interface Measured {
  keys: number[];
  readonly LForms: {
    readonly Util: {
      convertFHIRQuestionnaireToLForms(form: unknown, version: string): unknown;
      mergeFHIRDataIntoLForms(kind: string, response: unknown, form: unknown, version: string): unknown;
      addFormToPage(form: unknown, container: string): Promise<unknown>;
    };
  };
}

async function openInPage({ questionnaire, response }: { readonly questionnaire: unknown; readonly response: unknown }): Promise<number> {
  const measured = window as unknown as Measured;
  measured.keys = [];
  const pressed = ({ timeStamp }: KeyboardEvent) =>
    requestAnimationFrame(() => setTimeout(() => measured.keys.push(performance.now() - timeStamp)));
  addEventListener('keydown', pressed, { capture: true });
  const { Util } = measured.LForms;
  const began = performance.now();
  const form = Util.convertFHIRQuestionnaireToLForms(questionnaire, 'R4');
  await Util.addFormToPage(Util.mergeFHIRDataIntoLForms('QuestionnaireResponse', response, form, 'R4'), 'form');
  while (!document.querySelector('input[id^="g0.n/"]')) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
  return performance.now() - began;
}
