/** vitest's global set-up of the browser tests: the whole product with the sample network and its instances, from a production build. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { startSeedInstances } from '#bin/start/applications.ts';
import { findChromium } from './chromium.ts';
import { type Stack, startStack } from './stack.ts';

export interface SharedProduct {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly keyFile: string;
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
  await giveInstances(stack);
  const { baseUrl, databaseUrl, temporalAddress, environment } = stack;
  project.provide('product', { baseUrl, databaseUrl, keyFile: environment.KEY_FILE ?? '', temporalAddress, chromium });
  return () => stack.stop();
}

/** No list is empty then, and every page has something to show. */
async function giveInstances({ environment, folder, stop }: Stack): Promise<void> {
  const logFile = path.join(folder, 'logs', 'seed-instances.log');
  const child = await startSeedInstances({ name: 'The sample instances', env: { ...process.env, ...environment }, logFile });
  const { code } = await child.ended;
  if (code === 0) return;
  const said = (await readFile(logFile, 'utf8')).slice(-LOG_CHARACTERS);
  await stop();
  throw new Error(`The sample instances cannot be made:\n${said}`);
}

const LOG_CHARACTERS = 2_000;
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
