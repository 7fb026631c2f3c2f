/** The steps that a recorded history was told, for deciding them again. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GraphArgument, InstanceArgument, StepBatch } from '#workflows/messages.ts';
import { GraphCodec, HISTORIES } from './graph-codec.ts';
import { readHistory } from './history-file.ts';

export interface RecordedSteps {
  readonly graph: GraphArgument['graph'];
  readonly argument: InstanceArgument;
  readonly batches: readonly StepBatch[];
}

type Payloads = NonNullable<Parameters<GraphCodec['decode']>[0]>;

export async function recordedSteps(name: string): Promise<RecordedSteps> {
  const history = readHistory(await readFile(path.join(HISTORIES, `${name}.json`), 'utf8'));
  const codec = new GraphCodec();
  const read = async (payloads: Payloads | null | undefined): Promise<readonly unknown[]> =>
    (await codec.decode(payloads ?? [])).map((payload) => JSON.parse(Buffer.from(payload.data ?? []).toString('utf8')) as unknown);
  const events = history.events ?? [];
  const started = events.find((event) => event.workflowExecutionStartedEventAttributes)?.workflowExecutionStartedEventAttributes;
  // What a workflow of ours is started with, and what its Updates carry.
  const [graphArgument, argument] = (await read(started?.input?.payloads)) as [GraphArgument, InstanceArgument];
  const batches: StepBatch[] = [];
  for (const { workflowExecutionUpdateAcceptedEventAttributes: accepted } of events) {
    if (accepted) batches.push(...((await read(accepted.acceptedRequest?.input?.args?.payloads)) as StepBatch[]));
  }
  return { graph: graphArgument.graph, argument, batches };
}
