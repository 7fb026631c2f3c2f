/** Looks through everything that a page says, to eyes and to screen readers, for words that should not stand there. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '#bin/start/applications.ts';
import zh from '#web/messages/zh-CN/index.ts';

/** Each text on the page once. Machine words (codes, hashes, variables) and what names another language in its own are left out. */
export const textsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const texts = new Set<string>();
    const outside = 'script, style, code, pre, textarea, [lang]:not(html):not([lang=""]):is([lang="zh-CN"], [lang="en"]):is(span)';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim();
      if (text && !node.parentElement?.closest(outside)) texts.add(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (element.closest(outside)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = element.getAttribute(name)?.trim();
        if (text) texts.add(text);
      }
    }
    texts.add(document.title);
    return [...texts];
  });

/** A message that has no words yet is shown by its key. */
const KEY = new RegExp(`(?:^|\\s)(?:${Object.keys(zh).join('|')})(?:\\.[\\w-]+)+`, 'i');
export const keysAmong = (texts: readonly string[]): readonly string[] => texts.filter((text) => KEY.test(text));

const HAN = /\p{Script=Han}+/gu;
/** A patient whom another test has entered. */
const MASKED_NAME = /^\p{Script=Han}\*+\p{Script=Han}?$/u;

/** What people of the sample network wrote, and their names: data, in the language they were written in. */
const data = (() => {
  const folder = path.join(ROOT, 'bin', 'seed');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
})();
const messages = new Set(leavesOf(zh));

/** Chinese on an English page that is nobody's data; `own` are texts that have Chinese in them on purpose. */
export const chineseAmong = (texts: readonly string[], own: readonly string[] = []): readonly string[] =>
  texts.filter((text) => {
    const runs = text.match(HAN);
    if (!runs || MASKED_NAME.test(text)) return false;
    if (messages.has(text) && !data.includes(`'${text}'`)) return true;
    return runs.some((run) => !data.includes(run) && !own.some((each) => each.includes(run)));
  });

function leavesOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(leavesOf) : [];
}
