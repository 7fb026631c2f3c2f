/**
 * One diagram per element and combination, with what BPMN 2.0, 13 says of it. The trace is what completed, in order: `*` is the body of a loop,
 * `-` was terminated, `!` an incident, `.` the end of an instance; in Zeebe's order where BPMN leaves it open.
 */
import type { Json, JsonObject } from '#core/json.ts';

export interface Case {
  readonly processes?: readonly string[];
  readonly variables?: JsonObject;
  readonly script?: Json;
  readonly trace: string;
  /** Variables of the first instance at its end. */
  readonly ends?: JsonObject;
  /** Where the virtual clock, begun at 2026-01-05T01:00Z, stands at the end. */
  readonly at?: string;
}

export const CASES: Readonly<Record<string, Case>> = {
  'start-none-end-none': { trace: 'start end .' },
  'tasks-without-work': { trace: 'start plain by-hand end .' },
  'user-task': { script: { review: { score: 3 } }, trace: 'start review end .', ends: { score: 3 } },
  'service-task': {
    variables: { kind: 'blood' },
    script: { call: { value: 41 } },
    trace: 'start call end .',
    ends: { kind: 'blood', answer: 42 },
  },
  'send-task-job': { trace: 'start send end .' },
  'script-task': { variables: { n: 2 }, trace: 'start double plain end .', ends: { n: 2, m: 4, k: 5 } },
  'business-rule-task': { variables: { score: 70 }, trace: 'start rate end .', ends: { score: 70, rating: 'good' } },
  'messages-between-processes': {
    variables: { orderId: 'o7' },
    trace: 'start ask asked pay done . wait end .',
  },
  'message-flow-names-message': { processes: ['b', 'a'], trace: 'sb sa say ea . heard eb .' },
  'message-end-and-message-start': { trace: 'sa ea . sb eb .' },
  signals: { processes: ['b', 'a'], trace: 'sb sa ring ea . hear eb . sc ec .' },
  'signal-end-and-boundary': {
    processes: ['b', 'a'],
    script: { work: { $after: 'PT1H' } },
    trace: 'sb sa ea . -work stopped es .',
  },
  'timer-start': { trace: 'at-night end .' },
  'timer-intermediate': { trace: 'start pause until end .', at: '2026-01-06T00:00:00.000Z' },
  'timer-boundary-interrupting': {
    variables: { limit: 'PT2H' },
    script: { work: { $wait: true } },
    trace: 'start -work late too-late .',
    at: '2026-01-05T03:00:00.000Z',
  },
  'timer-boundary-cycle': {
    script: { work: { $after: 'PT45M' } },
    trace: 'start tick remind reminded tick remind reminded tick remind reminded work end .',
    at: '2026-01-05T01:45:00.000Z',
  },
  'message-boundary-non-interrupting': {
    processes: ['a', 'b'],
    variables: { text: 'hi' },
    script: { work: { $after: 'PT1H' } },
    trace: 'sa sb tell again eb . noted keep ek noted keep ek work ea .',
    ends: { text: 'hi', kept: 'hi' },
  },
  'error-boundary-on-job': { script: { call: { $error: 'DOWN' } }, trace: 'start -call failed sorry .' },
  'error-end-in-sub-process': { script: { work: { $wait: true } }, trace: 'start si fork -work -bad -inner caught handled .' },
  'terminate-end': { script: { slow: { $wait: true } }, trace: 'start fork quick -slow stop .' },
  'terminate-end-in-sub-process': { script: { slow: { $wait: true } }, trace: 'start si fork -slow stop inner end .' },
  'terminate-end-with-waiting-join': {
    script: { slow: { $wait: true } },
    trace: 'start si fork quick stop-it -slow stop inner end .',
  },
  'exclusive-gateway': { variables: { n: 11 }, trace: 'start choose high meet end .' },
  'parallel-gateway': { trace: 'start fork far left right join end .' },
  'inclusive-gateway': { variables: { x: true, y: true }, trace: 'start choose a b join end .' },
  'inclusive-join-in-loop': { variables: { n: 0, y: true }, trace: 'start choose a again a again a again b join end .' },
  'event-based-gateway': { trace: 'start wait expired ee .', at: '2026-01-05T02:00:00.000Z' },
  'event-based-gateway-receive-task': {
    script: { answered: { ok: true } },
    trace: 'start wait answered ea .',
    ends: { ok: true },
    at: '2026-01-05T01:00:00.000Z',
  },
  'sub-process': { variables: { n: 1 }, trace: 'start si add ei inner end .', ends: { n: 1, back: 2 } },
  'call-activity': { variables: { n: 4 }, trace: 'start sc think ec . call end .', ends: { n: 4, result: 40 } },
  'link-events': { trace: 'start jump land end .' },
  'multi-instance-parallel': {
    variables: { voters: ['a', 'b'] },
    script: { vote: [{ yes: true }, { yes: false }] },
    trace: 'start vote vote vote* end .',
    ends: {
      voters: ['a', 'b'],
      votes: [
        { who: 'a', yes: true },
        { who: 'b', yes: false },
      ],
    },
  },
  'multi-instance-sequential': {
    variables: { items: [1, 2, 3], total: 0 },
    trace: 'start sum sum sum sum* end .',
    ends: { items: [1, 2, 3], total: 6 },
  },
  'multi-instance-completion-condition': {
    script: { vote: [{ yes: false }, { yes: true }] },
    trace: 'start vote vote vote -vote vote* end .',
    ends: { votes: [false, true, true, null] },
  },
  'multi-instance-cardinality': { trace: 'start knock knock knock knock* end .' },
  'multi-instance-sub-process': {
    variables: { items: [2, 3] },
    trace: 'start si si work work ei ei each each each* end .',
    ends: { items: [2, 3], results: [4, 9] },
    at: '2026-01-05T01:00:00.000Z',
  },
  'multi-instance-empty': { trace: 'start vote* end .', ends: {} },
  'multi-instance-call-activity': {
    variables: { items: [1, 2] },
    trace: 'start sc think ec . sc think ec . call call call* end .',
    ends: { items: [1, 2], results: [10, 20] },
  },
  'conditional-flows-from-activity': { variables: { n: 3 }, trace: 'start split a b ea eb .' },
  'implicit-split-and-ends': { trace: 'start a b .' },
  'lanes-pools-and-notes': { trace: 'start work end .' },
  'output-mappings-of-events': { script: { got: { payload: { value: 5 } } }, trace: 'start got end .', ends: { a: 1, b: 5 } },
  'closed-loop': {
    variables: { again: false },
    trace: 'start review dispatch execute fork by-executor by-applicant join quality g closed .',
  },
};

export const ELEMENTS = new URL('./elements/', import.meta.url);

/** What an event is in a trace: most are nothing. */
export function marks(event: {
  readonly type: string;
  readonly elementId?: string;
  readonly elementType?: string;
  readonly code?: unknown;
}): readonly string[] {
  const { type, elementId, elementType, code } = event;
  if (type === 'element.completed') return [elementType === 'multiInstanceBody' ? `${elementId}*` : `${elementId}`];
  if (type === 'element.terminated') return [`-${elementId}`];
  if (type === 'incident.raised') return [`!${String(code)}`];
  return type === 'process.completed' ? ['.'] : [];
}
