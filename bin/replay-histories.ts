/** Temporal's replay of histories through a bundle of workflows: for the worker's errands, the release gate and tests. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DataConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { ACTIVATION_TIMEOUT } from '#engine/activation-timeout.ts';
import type { History } from '#engine/histories.ts';

export interface Interpreter {
  readonly codePath: string;
  /** The beginning of the bundle's hash: which workflows these are. */
  readonly version: string;
}

export async function interpreterOf(codePath: string): Promise<Interpreter> {
  const version = createHash('sha256')
    .update(await readFile(codePath))
    .digest('hex')
    .slice(0, 16);
  return { codePath, version };
}

export interface HistoryToReplay {
  readonly instanceId: string;
  readonly runId: string;
  readonly history: History;
}

export interface Replayed {
  readonly instanceId: string;
  readonly runId: string;
  /** The name of the error, null where the history replays: a message could quote what an instance says. */
  readonly error: string | null;
}

export async function* replayHistories(
  { codePath, dataConverter }: Pick<Interpreter, 'codePath'> & { readonly dataConverter: DataConverter },
  histories: Iterable<HistoryToReplay> | AsyncIterable<HistoryToReplay>,
): AsyncGenerator<Replayed> {
  const options = { workflowBundle: { codePath }, dataConverter, replayName: 'replay', ...ACTIVATION_TIMEOUT };
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(options, withWorkflowId(histories))) {
    yield { instanceId: workflowId, runId, error: error ? error.name : null };
  }
}

async function* withWorkflowId(histories: Iterable<HistoryToReplay> | AsyncIterable<HistoryToReplay>) {
  for await (const { instanceId, history } of histories) yield { workflowId: instanceId, history };
}
