/** The product's own processes, worker and web, as children: the same way in `npm start` and in the tests. */
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, type ChildOptions, describeEnding, startChild, typescript } from './child.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ApplicationOptions {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly identityFile?: string;
}

/** P10: what follows the door yields to it. */
export const startWorker = (options: ApplicationOptions): Promise<Child> => startTypescript('bin/worker.ts', { ...options, yields: true });

/** The production server of what `web-build.ts` built; HOST and PORT are in its environment. */
export const startWeb = (options: ApplicationOptions): Promise<Child> => startTypescript('bin/web.ts', options);

/** Fills an empty database; leaves one alone that has people in it. */
export const startSeed = (options: ApplicationOptions): Promise<Child> => startTypescript('bin/seed.ts', options);

/** Gives the sample network its instances, through the running web server. */
export const startSeedInstances = (options: ApplicationOptions): Promise<Child> => startTypescript('bin/seed-instances.ts', options);

const startTypescript = (file: string, options: ApplicationOptions & Pick<ChildOptions, 'yields'>): Promise<Child> =>
  startChild({
    ...options,
    command: process.execPath,
    args: ['--enable-source-maps', ...typescript(path.join(ROOT, file))],
    cwd: ROOT,
    stopSignal: 'SIGTERM',
  });

const HEALTH_WITHIN_MS = 90_000;

/** Waits until the web server answers and says that it reaches what it stands on. */
export async function untilHealthy(child: Child, baseUrl: string): Promise<void> {
  const until = Date.now() + HEALTH_WITHIN_MS;
  let last = 'no answer yet';
  while (!child.hasEnded()) {
    try {
      const response = await fetch(`${baseUrl}/api/health`, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return;
      last = `${response.status} ${(await response.text()).slice(0, 200)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > until)
      throw new Error(`${child.name} is not healthy after ${HEALTH_WITHIN_MS / 1000} s (${last}); its log is ${child.logFile}`);
    await sleep(100);
  }
  throw new Error(`${child.name} ended (${describeEnding(await child.ended)}); its log is ${child.logFile}`);
}
