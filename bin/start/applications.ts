/** The product's own processes, worker and web, as children: the same way in `npm start` and in the tests. */
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { listeningOn } from '../web/listening.ts';
import { type Child, type ChildOptions, describeEnding, startChild, typescript } from './child.ts';
import { freePort, samePort } from './ports.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ApplicationOptions {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly identityFile?: string;
}

/** P10: what follows the door yields to it. */
export const startWorker = (options: ApplicationOptions): Promise<Child> => startTypescript('bin/worker.ts', { ...options, yields: true });

export interface WebOptions {
  /** The port it would like; the next free one is taken instead. 0: any. */
  readonly port: number;
  readonly host: string;
  /** Started again: no other port will do, since people know this one. */
  readonly isRestart: boolean;
  /** How it is started on a port. */
  readonly on: (port: number) => ApplicationOptions;
}

export interface Web {
  readonly child: Child;
  readonly port: number;
}

const START_ATTEMPTS = 3;

/** The production server of what `web-build.ts` built, once it is healthy. */
export async function startWeb({ port: wanted, host, isRestart, on }: WebOptions): Promise<Web> {
  for (let attempt = 1; ; attempt++) {
    const port = await (isRestart ? samePort : freePort)(wanted, host);
    const options = on(port);
    const child = await startTypescript('bin/web.ts', { ...options, env: { ...options.env, HOST: host, PORT: String(port) } });
    if (await isHealthy(child, { host, port })) return { child, port };
    // Somebody may have taken its port between our look and its start.
    if (attempt === START_ATTEMPTS || !(await child.output()).includes('EADDRINUSE')) {
      throw new Error(`${child.name} ended (${describeEnding(await child.ended)}); its log is ${child.logFile}`);
    }
  }
}

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

/** Waits until the web server answers and says that it reaches what it stands on; false when it has ended. */
export async function isHealthy(child: Child, { host, port }: { readonly host: string; readonly port: number }): Promise<boolean> {
  const until = Date.now() + HEALTH_WITHIN_MS;
  let last = 'no answer yet';
  while (!child.hasEnded()) {
    try {
      // Before it says so, whoever answers on the port is somebody else.
      if ((await child.output()).includes(listeningOn(port))) {
        const response = await fetch(`http://${reachable(host)}:${port}/api/health`, { signal: AbortSignal.timeout(5_000) });
        if (response.ok) return true;
        last = `${response.status} ${(await response.text()).slice(0, 200)}`;
      }
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > until) {
      await child.stop();
      throw new Error(`${child.name} is not healthy after ${HEALTH_WITHIN_MS / 1000} s (${last}); its log is ${child.logFile}`);
    }
    await sleep(100);
  }
  return false;
}

/** A server that listens everywhere is asked on the loopback. */
const reachable = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);
