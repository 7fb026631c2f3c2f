/** Replays every recorded history through a workflow bundle. As a program: prints what it found as JSON, in whatever zone it runs. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { ACTIVATION_TIMEOUT } from '#engine/activation-timeout.ts';
import { GraphCodec, HISTORIES } from './graph-codec.ts';
import { readHistory } from './history-file.ts';

export interface Replayed {
  readonly name: string;
  /** Null when the history replays; otherwise the kind of error. */
  readonly error: string | null;
}

export async function historyNames(): Promise<readonly string[]> {
  return (await readdir(HISTORIES))
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
    .sort();
}

let isInstalled = false;

export async function replay(code: string, names: readonly string[]): Promise<readonly Replayed[]> {
  // A failing replay is an answer here, not news for the log.
  if (!isInstalled)
    Runtime.install({
      logger: new DefaultLogger('ERROR', () => undefined),
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
    });
  isInstalled = true;
  const histories = await Promise.all(
    names.map(async (name) => ({
      workflowId: name,
      history: readHistory(await readFile(path.join(HISTORIES, `${name}.json`), 'utf8')),
    })),
  );
  const options = {
    workflowBundle: { code },
    dataConverter: { payloadCodecs: [new GraphCodec()] },
    replayName: 'recorded',
    ...ACTIVATION_TIMEOUT,
  };
  const replayed: Replayed[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    replayed.push({ name: workflowId, error: error ? `${error.name}: ${error.message}` : null });
  }
  return replayed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const code = await readFile(await bundleWorkflows(), 'utf8');
  const zone = new Date(Date.UTC(2026, 6, 1)).getTimezoneOffset();
  process.stdout.write(`${JSON.stringify({ offsetMinutes: zone, replayed: await replay(code, await historyNames()) })}\n`);
}
