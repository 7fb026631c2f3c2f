/** vitest's global set-up of the browser tests: the whole product with the sample network, from a production build. */
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';
import { startStack } from './stack.ts';

export interface SharedProduct {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly chromium: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    product: SharedProduct;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const tell = throttled((message) => process.stdout.write(`  ${message}\n`));
  const chromium = await findChromium(tell);
  const stack = await startStack({ tell });
  const { baseUrl, databaseUrl, temporalAddress } = stack;
  project.provide('product', { baseUrl, databaseUrl, temporalAddress, chromium });
  return () => stack.stop();
}

const INTERVAL_MS = 5_000;

/** Progress of a build comes line by line; a log needs only some. */
function throttled(tell: (message: string) => void): (message: string) => void {
  let last = 0;
  return (message) => {
    if (Date.now() - last < INTERVAL_MS) return;
    last = Date.now();
    tell(message);
  };
}
