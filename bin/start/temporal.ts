/** Temporal's development server, with its histories on disk and our namespace and search attributes in it. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, describeEnding, startChild } from './child.ts';
import { freePort, samePort } from './ports.ts';
import { connectTemporal, prepareNamespace } from './temporal-namespace.ts';
import type { TemporalSettings } from './temporal-settings.ts';

export interface TemporalOptions {
  /** The command line that contains the server. */
  readonly program: string;
  readonly directory: string;
  /** The ports it would like; the next free ones are taken instead. 0: any. */
  readonly ports: { readonly frontend: number; readonly ui: number };
  /** Started again: no other ports will do, since the application knows these. */
  readonly isRestart?: boolean;
  readonly namespace: string;
  readonly settings: TemporalSettings;
  readonly logFile: string;
}

export interface Temporal {
  readonly child: Child;
  readonly address: string;
  readonly uiUrl: string;
  readonly ports: { readonly frontend: number; readonly ui: number };
}

const START_ATTEMPTS = 3;

export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const { directory, namespace, settings, logFile } = options;
  await mkdir(directory, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const take = options.isRestart ? samePort : freePort;
    const frontend = await take(options.ports.frontend);
    const ui = await take(options.ports.ui);
    const child = await startChild({
      name: 'Temporal',
      command: options.program,
      args: ['server', 'start-dev', ...flags({ ...options, ports: { frontend, ui } })],
      env: process.env,
      cwd: directory,
      logFile,
      stopSignal: 'SIGTERM',
      // P10: people wait for the door, nobody waits for a workflow.
      yields: true,
      identityFile: path.join(directory, 'process.json'),
    });
    const address = `127.0.0.1:${frontend}`;
    if (await isReady(child, { address, port: frontend })) {
      await prepareNamespace({ target: { address }, namespace, settings });
      return { child, address, uiUrl: `http://localhost:${ui}`, ports: { frontend, ui } };
    }
    // Somebody may have taken one of its ports between our look and its start.
    if (attempt === START_ATTEMPTS) {
      throw new Error(`Temporal does not start (${describeEnding(await child.ended)}); its log is ${logFile}`);
    }
  }
}

function flags({ directory, ports, namespace, settings }: TemporalOptions): readonly string[] {
  return [
    ['--ip', '127.0.0.1'],
    ['--port', String(ports.frontend)],
    ['--ui-port', String(ports.ui)],
    ['--namespace', namespace],
    ['--db-filename', path.join(directory, settings.databaseFile)],
    ['--log-level', 'warn'],
    ...Object.entries(settings.searchAttributes).map(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...Object.entries(settings.dynamicConfig).map(([name, value]) => ['--dynamic-config-value', `${name}=${JSON.stringify(value)}`]),
    ...Object.entries(settings.sqlitePragmas).map(([name, value]) => ['--sqlite-pragma', `${name}=${value}`]),
  ].flat();
}

const READY_WITHIN_MS = 60_000;

/** It says so once it has bound the port: "Server:  localhost:7233", in later versions "Temporal Server:". */
const serves = (output: string, port: number): boolean => new RegExp(`^(Temporal )?Server:\\s+\\S+:${port}$`, 'm').test(output);

async function isReady(child: Child, { address, port }: { readonly address: string; readonly port: number }): Promise<boolean> {
  const until = Date.now() + READY_WITHIN_MS;
  while (!child.hasEnded()) {
    try {
      // Another stack that starts in this moment may have the port: its server would answer as readily as ours.
      if (!serves(await child.output(), port)) throw new Error(`It has not said that it serves port ${port}.`);
      const connection = await connectTemporal({ address });
      await connection.close();
      return true;
    } catch (error) {
      if (Date.now() > until) {
        await child.stop();
        throw new Error(`Temporal is not ready after ${READY_WITHIN_MS / 1000} s; its log is ${child.logFile}`, { cause: error });
      }
      await sleep(100);
    }
  }
  return false;
}
