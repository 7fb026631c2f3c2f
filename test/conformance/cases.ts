/**
 * One diagram per element and combination, with what it does. The trace is what completed, in order: `*` is the body of a loop, `-` was
 * terminated, `!` an incident, `.` the end of an instance, `x` its end by an error for its caller. It is what BPMN 2.0, 13 says of the
 * diagram, in Zeebe's order where BPMN leaves it open.
 */
import type { Json, JsonObject } from '#core/json.ts';

export interface Case {
  readonly processes?: readonly string[];
  readonly variables?: JsonObject;
  readonly script?: Json;
  /** What the checker warns of: `element rule`. */
  readonly warnings?: readonly string[];
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
  'escalation-boundary-interrupting': { trace: 'start si -raise -inner caught handle eh .' },
  'escalation-boundary-non-interrupting': { trace: 'start si caught raise handle after eh ei inner end .' },
  'escalation-end-uncaught': { trace: 'start si ei inner end .' },
  'escalation-by-code-before-any': { trace: 'start si -ei -inner two et .' },
  'escalation-from-called-process': { trace: 'start sq raise caught ec work eq . call end .' },
  'error-from-called-process': { trace: 'start sq fork -work -bad x -call caught ec .' },
  'event-sub-process-message-interrupting': {
    script: { work: { $after: 'PT2H' }, told: { $after: 'PT1H' } },
    trace: 'start -work told tidy es stop .',
    at: '2026-01-05T02:00:00.000Z',
  },
  'event-sub-process-message-non-interrupting': {
    processes: ['p', 'q'],
    script: { work: { $after: 'PT2H' } },
    trace: 'start sq say again eq . told write en note told write en note work end .',
    at: '2026-01-05T03:00:00.000Z',
  },
  'event-sub-process-timer-cycle': {
    script: { work: { $after: 'PT5H' } },
    trace: 'start tick look ew watch tick look ew watch tick look ew watch work end .',
    at: '2026-01-05T06:00:00.000Z',
  },
  'event-sub-process-error': { trace: 'start si fork -slow -bad failed repair er mend inner next end .' },
  'event-sub-process-escalation': { trace: 'start raised raise read next er end heed .' },
  'event-sub-process-signal': {
    processes: ['p', 'q'],
    script: { work: { $after: 'PT2H' } },
    trace: 'start sq ring eq . -work rung es stop .',
  },
  'event-sub-process-conditional': {
    variables: { n: 2 },
    script: { work: { $after: 'PT2H' } },
    trace: 'start count -work enough es stop .',
    ends: { n: 3 },
  },
  'event-sub-process-error-outwards': { trace: 'start si -bad failed -worse -mend -inner caught ec .' },
  'event-sub-process-variables': {
    script: { work: { $after: 'PT2H' }, told: { $after: 'PT1H', text: 'hi' } },
    trace: 'start told en note work end .',
    ends: { heard: 'hi' },
    at: '2026-01-05T03:00:00.000Z',
  },
  'conditional-intermediate': {
    variables: { n: 1 },
    script: { add: { $after: 'PT1H' } },
    trace: 'start fork add set ea wait end .',
    ends: { n: 3 },
    at: '2026-01-05T02:00:00.000Z',
  },
  'conditional-boundary-non-interrupting': {
    trace: 'start si one high eh pause two pause2 three high eh pause3 ei inner end .',
    ends: { n: 6 },
  },
  'conditional-start': { variables: { n: 2 }, trace: 'start end .' },
  'conditional-behind-event-gateway': {
    variables: { ok: false },
    script: { work: { $after: 'PT1H', ok: true } },
    trace: 'start fork work ew wait ready er .',
    ends: { ok: true },
    at: '2026-01-05T02:00:00.000Z',
  },
  'compensation-throw': { trace: 'start book pay refund unbook undo end .' },
  'compensation-end-of-one-activity': { trace: 'start book pay unbook end .' },
  'compensation-of-what-was-not-done': { variables: { n: 0 }, trace: 'start choose skip meet undo end .' },
  'compensation-in-reverse-by-people': {
    script: { 'undo-b': { $after: 'PT3H' }, 'undo-a': { $after: 'PT1H' } },
    trace: 'start a b undo-b undo-a undo end .',
    at: '2026-01-05T05:00:00.000Z',
  },
  'compensation-of-a-sub-process': { trace: 'start si sit fly ei trip unfly trip undo end .', ends: { back: 12 } },
  'compensation-event-sub-process': { trace: 'start si fly ei trip asked call unfly inner eg giveBack trip undo end .' },
  'compensation-without-waiting': {
    script: { 'undo-a': { $after: 'PT1H' } },
    trace: 'start a undo next end undo-a .',
    at: '2026-01-05T02:00:00.000Z',
  },
  'compensation-of-a-loop': { trace: 'start each each each* undo-all undo end .' },
  'compensation-from-error-event-sub-process': { trace: 'start book -bad failed unbook undo em mend .' },
  'transaction-completed': { trace: 'start si a ei t end .' },
  'transaction-cancelled': { trace: 'start si a fork -slow undo-a -stop -t cancelled sorry ec .' },
  'transaction-hazard': { trace: 'start si a -bad -t failed ef .' },
  'ad-hoc-parallel': { trace: 'start a b c free end .' },
  'ad-hoc-sequential': {
    script: { a: { $after: 'PT1H' }, b: { $after: 'PT1H' } },
    trace: 'start a b free end .',
    at: '2026-01-05T03:00:00.000Z',
  },
  'ad-hoc-completion-condition': { trace: 'start a -b free end .', ends: { done: 1 } },
  'ad-hoc-keeps-remaining': { trace: 'start a b free end .', ends: { done: 1 } },
  'ad-hoc-active-elements': { variables: { chosen: ['a', 'c'] }, trace: 'start a c free end .' },
  'standard-loop-after': { variables: { n: 5 }, trace: 'start add add* end .', ends: { n: 6 } },
  'standard-loop-before': { variables: { n: 1 }, trace: 'start add add add* end .', ends: { n: 3 } },
  'standard-loop-maximum': { trace: 'start try try try* end .' },
  'standard-loop-sub-process-interrupted': {
    trace: 'start si pause ei round si pause ei round si -pause -round -round stop es .',
    at: '2026-01-05T03:30:00.000Z',
  },
  'multiple-intermediate': { trace: 'start either end .', at: '2026-01-05T02:00:00.000Z' },
  'parallel-multiple-intermediate': { processes: ['p', 'q'], trace: 'start sq say eq . both end .', at: '2026-01-05T02:00:00.000Z' },
  'multiple-throw-and-end': { processes: ['q', 'p'], trace: 'sq fork start both end . hs es hm em .' },
  'multiple-boundary': { script: { work: { $wait: true } }, trace: 'start -work stop es .', at: '2026-01-05T02:00:00.000Z' },
  'multiple-start': { processes: ['q'], trace: 'sq ring eq . start end .' },
  'parallel-multiple-start': { processes: ['q'], trace: 'sq ring say eq . start end .' },
  'complex-gateway-discriminator': {
    script: { b: { $after: 'PT1H' }, c: { $after: 'PT2H' } },
    trace: 'start fork a b two next end c .',
    at: '2026-01-05T03:00:00.000Z',
  },
  'complex-gateway-second-phase': {
    script: { b: { $after: 'PT1H' } },
    trace: 'start fork a first early ee b late el .',
    at: '2026-01-05T02:00:00.000Z',
  },
  'complex-gateway-split': { variables: { x: true, y: true }, trace: 'start choose a b ea eb .' },
  'instantiating-event-gateway': { processes: ['q'], trace: 'sq ring eq . begin bySignal es .' },
  'instantiating-parallel-event-gateway': {
    processes: ['q'],
    trace: 'sq ring begin bySignal pause say eq . byMessage join end .',
    at: '2026-01-05T02:00:00.000Z',
  },
  'instantiating-receive-task': { processes: ['q'], trace: 'sq say eq . receive end .' },
  'implicit-start': { trace: 'a b c .' },
  'implicit-start-in-sub-process': { trace: 'start a b inner end .' },
  'start-quantity': { trace: 'start fork a b both end .' },
  'completion-quantity': { trace: 'start give take take end end .' },
  'multi-instance-behavior-one': { trace: 'start vote first ef vote vote vote* end .' },
  'multi-instance-behavior-none': { trace: 'start vote each ef vote each vote* ef end .' },
  'multi-instance-behavior-complex': { trace: 'start vote vote -vote -vote two et .' },
  'data-associations': { variables: { order: 21 }, trace: 'start work end .', ends: { order: 21, bill: 42 } },
  'data-of-a-sub-process': { trace: 'start si set ei inner end .' },
  'data-of-a-loop': { variables: { list: [1, 2] }, trace: 'start each each each* end .', ends: { list: [1, 2], sums: [2, 3] } },
  'global-task': { script: { 'ask-task': { answer: 1 } }, trace: 'start ask-task . call end .', ends: { answer: 1 } },
  'mixed-gateway': { trace: 'start fork a b mixed c d join end .' },
  // Control-flow patterns (van der Aalst et al.) that no element above shows by itself; README.md has all of them.
  'pattern-08-multi-merge': { warnings: ['merge token-doubled'], trace: 'start fork a b merge merge c c end end .' },
  'pattern-10-arbitrary-cycle': {
    variables: { n: 0 },
    trace: 'start in1 a in2 b out1 in1 a in2 b out1 out2 in2 b out1 out2 in2 b out1 out2 end .',
    ends: { n: 42 },
  },
  'pattern-12-instances-without-synchronisation': {
    variables: { n: 0 },
    trace: 'start meet count each meet count each meet count each work ew .',
    ends: { n: 3 },
  },
  'pattern-19-cancel-activity': { script: { work: { $after: 'PT2H' } }, trace: 'start fork b stop eb -work stopped es .' },
  'pattern-20-cancel-case': {
    script: { a: { $wait: true }, b: { $wait: true } },
    trace: 'start fork si -a -b -inner late ec cancel .',
    at: '2026-01-05T02:00:00.000Z',
  },
  'pattern-22-recursion': {
    variables: { n: 2, depth: 0 },
    trace: 'start again start again start again end . call called . call called .',
    ends: { n: 2, depth: 2 },
  },
  'pattern-23-transient-trigger': { trace: 'start early pause wait late el .', at: '2026-01-05T02:10:00.000Z' },
  'pattern-24-persistent-trigger': { trace: 'start early pause wait heard eh .', at: '2026-01-05T01:10:00.000Z' },
  'pattern-26-cancel-multiple-instances': {
    script: { each: [{}, { $wait: true }, { $wait: true }] },
    trace: 'start each -each -each -each stop es .',
    at: '2026-01-05T02:00:00.000Z',
  },
  'pattern-29-cancelling-discriminator': {
    script: { a: { $after: 'PT2H' }, b: { $after: 'PT1H' } },
    trace: 'start si fork b -a first race next end .',
    at: '2026-01-05T02:00:00.000Z',
  },
  'pattern-33-generalised-and-join': { trace: 'start fork twice b join join c c end end .' },
};

export const ELEMENTS = new URL('./elements/', import.meta.url);

/** What an event is in a trace: most are nothing. */
export function marks(event: {
  readonly type: string;
  readonly elementId?: string;
  readonly elementType?: string;
  readonly code?: unknown;
}): readonly string[] {
  const { type, elementId, elementType = '', code } = event;
  if (type === 'element.completed') return [elementType.endsWith('Body') ? `${elementId}*` : `${elementId}`];
  if (type === 'element.terminated') return [`-${elementId}`];
  if (type === 'incident.raised') return [`!${String(code)}`];
  if (type === 'process.terminated') return ['x'];
  return type === 'process.completed' ? ['.'] : [];
}
