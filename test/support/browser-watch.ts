/** Watches a window for what must not happen on any page: errors, failed requests, forbidden scripts, a layout that jumps. */
import type { Page } from 'playwright-core';

export interface Watch {
  /** What went wrong since the last time it was asked. */
  takeProblems(): readonly string[];
  /** How far things have moved by themselves on this page, as browsers score it. */
  layoutShift(): Promise<{ readonly score: number; readonly moved: readonly string[] }>;
}

interface ShiftEntry extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

declare global {
  interface Window {
    bihuanShift: { score: number; moved: string[] };
  }
}

export async function watch(page: Page): Promise<Watch> {
  let problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => {
    // Whoever goes on leaves requests behind.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(() => {
    window.bihuanShift = { score: 0, moved: [] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as ShiftEntry[]) {
        if (entry.hadRecentInput) continue;
        window.bihuanShift.score += entry.value;
        for (const { node } of entry.sources)
          window.bihuanShift.moved.push(node instanceof Element ? `${node.tagName} ${node.className}` : (node?.textContent ?? ''));
      }
    }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`content policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  return {
    takeProblems() {
      const taken = problems;
      problems = [];
      return taken;
    },
    layoutShift: () => page.evaluate(() => window.bihuanShift),
  };
}
