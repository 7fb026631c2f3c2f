/** What a workflow was told and took, read from its history: the second record of an instance, beside the journal. */
import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Command } from '#core/process/command.ts';
import type { BatchAnswer, StepBatch } from '#workflows/messages.ts';
import type { History } from './histories.ts';

export interface ToldStep {
  readonly seq: number;
  readonly command: Command;
  readonly hash: string;
}

/** The steps that the run confirmed, in order. A batch that it refused, or the part of one from the step that diverged, is not among them. */
export async function toldSteps(history: History, instanceId: string, codec: PayloadCodec): Promise<readonly ToldStep[]> {
  const read = async (payloads: readonly Payload[]): Promise<readonly unknown[]> =>
    (await codec.decode([...payloads], { type: 'workflow', workflowId: instanceId, namespace: '' })).map((payload) =>
      JSON.parse(Buffer.from(payload.data ?? []).toString('utf8')),
    );
  const batches = new Map<string, StepBatch>();
  const told: ToldStep[] = [];
  for (const event of history.events ?? []) {
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (accepted) {
      const [batch] = await read(accepted.acceptedRequest?.input?.args?.payloads ?? []);
      if (isBatch(batch)) batches.set(String(event.eventId), batch);
    }
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    const batch = batches.get(String(completed?.acceptedEventId));
    if (!completed || !batch) continue;
    const [answer] = await read(completed.outcome?.success?.payloads ?? []);
    const upTo = isAnswer(answer) ? lastTaken(answer) : 0;
    batch.steps.forEach((step, index) => {
      const seq = batch.fromSeq + index;
      // Repeated after a lost answer: taken the first time.
      if (seq <= upTo && seq > (told.at(-1)?.seq ?? 0)) told.push({ seq, ...step });
    });
  }
  return told;
}

const lastTaken = (answer: BatchAnswer): number =>
  answer.kind === 'confirmed' ? answer.seq : answer.kind === 'diverged' ? answer.seq - 1 : 0;

// Written by us; what is left of an erased payload is neither.
const isBatch = (value: unknown): value is StepBatch =>
  typeof value === 'object' && value !== null && 'fromSeq' in value && 'steps' in value;
const isAnswer = (value: unknown): value is BatchAnswer => typeof value === 'object' && value !== null && 'kind' in value && 'seq' in value;
