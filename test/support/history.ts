/** Reads a recorded history as Temporal's own UI would show it. */
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { containsText } from './clear-text.ts';

export type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

export async function historyOf(client: Client, workflowId: string, runId?: string): Promise<History> {
  return client.workflow.getHandle(workflowId, runId).fetchHistory();
}

export const eventsOf = (history: History): readonly HistoryEvent[] => history.events ?? [];

/** Names of the accepted Updates, in order. */
export const updateNames = (history: History): readonly string[] =>
  eventsOf(history).flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted?.acceptedRequest?.input?.name ?? []);

/** Seconds for which each timer was armed, in order. */
export const timerSeconds = (history: History): readonly number[] =>
  eventsOf(history).flatMap(({ timerStartedEventAttributes: timer }) =>
    timer?.startToFireTimeout ? [Number(timer.startToFireTimeout.seconds ?? 0) + (timer.startToFireTimeout.nanos ?? 0) / 1e9] : [],
  );

export const countEvents = (history: History, attributes: keyof HistoryEvent): number =>
  eventsOf(history).filter((event) => event[attributes] !== null && event[attributes] !== undefined).length;

/** Summaries of timers and activities that stand there legibly. */
export const summariesOf = (history: History): readonly string[] =>
  eventsOf(history).flatMap(({ userMetadata }) =>
    userMetadata?.summary?.data ? [Buffer.from(userMetadata.summary.data).toString('utf8')] : [],
  );

/** Does any field of the history hold the text, in any encoding? */
export const historyContains = (history: History, text: string): boolean => holds(history, text);

function holds(value: unknown, text: string): boolean {
  if (value instanceof Uint8Array) return containsText(Buffer.from(value), text);
  if (typeof value === 'string') return containsText(Buffer.from(value), text);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name.includes(text) || holds(inner, text));
}
