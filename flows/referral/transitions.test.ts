/**
 * The life cycle that HL7 BSeR and IHE 360X agree on (their harmonised state transitions): 12 states × 11 events × 2 actors. Exactly its 34
 * transitions pass, through the commands that people give; everything else is refused with a reason.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import { workingIntervals } from '#core/calendar/working-time.ts';
import type { Actor, CommandBody } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import { evolve } from '#core/process/evolve.ts';
import type { NeedValues } from '#core/process/need.ts';
import { parseScenario, parseStage } from '#core/process/scenario.ts';
import { runScenario } from '#core/process/scenario-run.ts';
import type { ProcessState } from '#core/process/state.ts';
import { loadFlow } from '../load-flow.ts';

/** S draft · C created · A accepted · D declined · 511 scheduled · 512 no-show · 513 cancelled · 514 visited · 51 any of 511 to 514 · 52 cancel asked for · X cancelled · Z completed. */
const STATES = ['S', 'C', 'A', 'D', '511', '512', '513', '514', '51', '52', 'X', 'Z'] as const;
type State = (typeof STATES)[number];
const ACTIVE = ['511', '512', '513', '514'] as const satisfies readonly State[];

/** Which outcomes of tasks, or which action, is the event. */
const EVENTS = {
  'send package': { start: true, outcomes: ['send'] },
  accept: { outcomes: ['accept'] },
  decline: { outcomes: ['decline'] },
  'cancel request': { action: 'request-cancel' },
  schedule: { outcomes: ['schedule'] },
  reschedule: { outcomes: ['reschedule'] },
  'no-show': { outcomes: ['no-show'] },
  'visit cancelled': { outcomes: ['visit-cancelled'] },
  'interim note': { outcomes: ['note', 'arrived'] },
  outcome: { outcomes: ['complete'] },
  'cancel confirm': { outcomes: ['confirm'] },
} as const satisfies Record<string, { readonly start?: true; readonly outcomes?: readonly string[]; readonly action?: string }>;
type Event = keyof typeof EVENTS;

const ACTORS = ['initiator', 'recipient'] as const;
type Role = (typeof ACTORS)[number];

const TRANSITIONS: readonly (readonly [id: string, from: State, event: Event, actor: Role, to: State])[] = [
  ['01', 'S', 'send package', 'initiator', 'C'],
  ['02', 'C', 'accept', 'recipient', 'A'],
  ['03', 'C', 'decline', 'recipient', 'D'],
  ['04', 'C', 'cancel request', 'initiator', '52'],
  ['05', 'A', 'decline', 'recipient', 'D'],
  ['06', 'A', 'schedule', 'recipient', '511'],
  ['07', 'A', 'cancel request', 'initiator', '52'],
  ['08', 'A', 'interim note', 'recipient', '514'],
  ['09', 'A', 'outcome', 'recipient', 'Z'],
  ['10', '511', 'decline', 'recipient', 'D'],
  ['11', '511', 'reschedule', 'recipient', '511'],
  ['12', '511', 'no-show', 'recipient', '512'],
  ['13', '511', 'visit cancelled', 'recipient', '513'],
  ['14', '511', 'cancel request', 'initiator', '52'],
  ['15', '511', 'interim note', 'recipient', '514'],
  ['16', '511', 'outcome', 'recipient', 'Z'],
  ['17', '512', 'decline', 'recipient', 'D'],
  ['18', '512', 'reschedule', 'recipient', '511'],
  ['19', '512', 'visit cancelled', 'recipient', '513'],
  ['20', '512', 'cancel request', 'initiator', '52'],
  ['21', '513', 'schedule', 'recipient', '511'],
  ['22', '513', 'cancel request', 'initiator', '52'],
  ['23', '52', 'cancel confirm', 'recipient', 'X'],
  ['24', '52', 'outcome', 'recipient', 'Z'],
  ['25', '514', 'decline', 'recipient', 'D'],
  ['26', '514', 'schedule', 'recipient', '511'],
  ['27', '514', 'visit cancelled', 'recipient', '513'],
  ['28', '514', 'cancel request', 'initiator', '52'],
  ['29', '514', 'interim note', 'recipient', '514'],
  ['30', '514', 'outcome', 'recipient', 'Z'],
  ['31', 'A', 'schedule', 'recipient', '51'],
  ['32', 'A', 'interim note', 'recipient', '51'],
  ['33', '51', 'decline', 'recipient', 'D'],
  ['34', '51', 'cancel request', 'initiator', '52'],
];

/** Where an instance stands, by the one task that is open of these; a draft is none yet. */
const STANDS: Readonly<Record<string, State>> = {
  'complete-application': 'S',
  review: 'C',
  triage: 'C',
  arrange: 'A',
  reroute: 'D',
  attend: '511',
  'after-no-show': '512',
  'after-cancelled': '513',
  treat: '514',
  'answer-cancel': '52',
  reply: 'Z',
};

/** How the people of the stage come to each state; a draft is a form that nobody has sent. */
const REACHED: Readonly<Record<Exclude<State, 'S' | '51'>, readonly unknown[]>> = {
  C: [{ play: 'dispatched' }],
  A: [{ play: 'accepted' }],
  D: [{ play: 'dispatched' }, { by: 'receiver', does: 'triage', outcome: 'decline', reasonCode: 'no-bed' }],
  511: [{ play: 'prepared' }],
  512: [{ play: 'prepared' }, { by: 'receiver', does: 'attend', outcome: 'no-show' }],
  513: [{ play: 'prepared' }, { by: 'receiver', does: 'attend', outcome: 'visit-cancelled', reasonCode: 'other' }],
  514: [{ play: 'arrived' }],
  52: [{ play: 'arrived' }, { by: 'sender', sends: 'request-cancel', reasonCode: 'other' }],
  X: [
    { play: 'accepted' },
    { by: 'sender', sends: 'request-cancel', reasonCode: 'other' },
    { by: 'receiver', does: 'answer-cancel', outcome: 'confirm' },
  ],
  Z: [{ play: 'completed' }],
};

const { graph } = await loadFlow('referral');
const stage = parseStage(parse(readFileSync(new URL('./scenarios/stage.yaml', import.meta.url), 'utf8')));
const AT = '2026-11-30T02:00:00.000Z';

const instances = Object.fromEntries(
  Object.entries(REACHED).map(([state, steps]) => {
    const scenario = parseScenario({ name: state, start: { by: 'sender' }, steps });
    const run = runScenario({ graph, stage, calendarOf: () => CHINA_2026 }, scenario);
    if (run.problems.length > 0 || !run.state) throw new Error(`${state}: ${run.problems.join('; ')}`);
    return [state, run.state] as const;
  }),
);
/** What an up-referral opened for the other side, waiting to be sent. */
const opened = ((): ProcessState => {
  const body: CommandBody = {
    type: 'start',
    instanceId: 'opened',
    processId: 'referral',
    startElementId: 'opened',
    variables: {
      ...stage.context,
      starter: { organisation: 'org-shitan' },
      instanceId: 'opened',
      opens: { origin: 'org-shitan', sender: 'org-lead', direction: 'down', urgency: 'routine' },
    },
  };
  const answer = give(null, body, { kind: 'system', name: 'message' });
  if (answer.kind !== 'accepted') throw new Error(answer.code);
  return answer.state;
})();

type Answer = { readonly kind: 'accepted'; readonly state: ProcessState } | { readonly kind: 'refused'; readonly code: string };

function give(state: ProcessState | null, body: CommandBody, actor: Actor): Answer {
  const intervals = workingIntervals(CHINA_2026, AT, { minutes: 30 * 8 * 60 });
  const needs: NeedValues = { workingTime: { 'org-lead': intervals, 'org-shitan': intervals } };
  const answer = decide(graph, state, { ...body, id: 'command', at: AT, zone: stage.zone, actor, needs });
  if (answer.kind === 'refused') return { kind: 'refused', code: answer.refusal.code };
  if (answer.kind === 'needs') throw new Error(JSON.stringify(answer.needs));
  const next = evolve(graph, state, { seq: (state?.seq ?? 0) + 1, at: AT, events: answer.events });
  const incident = Object.values(next.incidents)[0];
  if (incident) throw new Error(incident.message);
  return { kind: 'accepted', state: next };
}

function actorOf(role: Role, state: State): Actor {
  // A down-referral that was opened is sent by the hospital that had received.
  const isTurned = state === 'S';
  const member = stage.cast[isTurned === (role === 'initiator') ? 'receiver' : 'sender'];
  if (!member) throw new Error(`The stage has no ${role}.`);
  return {
    kind: 'person',
    personId: member.person,
    organisationId: member.organisation,
    principals: [`person:${member.person}`, ...member.principals],
  };
}

/** Tries the event in every way that there is: as the outcome of each open task and of one that is not open, as an action, as a start. */
function attempt(state: ProcessState | null, event: Event, actor: Actor): readonly Answer[] {
  const {
    start,
    outcomes = [],
    action,
  } = { start: undefined, action: undefined, ...EVENTS[event] } as { start?: true; outcomes?: readonly string[]; action?: string };
  const answers: Answer[] = [];
  const variables = { ...stage.context, ...stage.facts, instanceId: 'i', starter: { person: 'p-zhou-yan', organisation: 'org-shitan' } };
  if (start) answers.push(give(state, { type: 'start', instanceId: 'i', processId: 'referral', variables }, actor));
  if (action !== undefined) answers.push(give(state, { type: 'action.send', code: action, reasonCode: 'other', facts: {} }, actor));
  for (const outcome of outcomes) {
    for (const taskId of [...Object.keys(state?.tasks ?? {}), '0']) {
      const facts = {
        kind: 'visit',
        startsAt: '2026-12-02T10:00:00+08:00',
        urgency: 'routine',
        direction: 'down',
        specialty: 'general',
        consents: [],
      };
      const body: CommandBody = { type: 'task.complete', taskId, outcome, facts, ...reasonFor(state?.tasks[taskId]?.elementId, outcome) };
      const claimed = give(state, { type: 'task.claim', taskId }, actor);
      answers.push(
        claimed.kind === 'accepted'
          ? give(claimed.state, body, actor)
          : state?.tasks[taskId]?.assignee
            ? give(state, body, actor)
            : claimed,
      );
    }
  }
  return answers;
}

/** As the button would ask for it. */
function reasonFor(elementId: string | undefined, code: string): { readonly reason?: string; readonly reasonCode?: string } {
  const element = graph.elements[elementId ?? ''];
  const kind = element?.elementType === 'userTask' ? element.outcomes.find((outcome) => outcome.code === code)?.reason.kind : undefined;
  return kind === 'coded' ? { reasonCode: 'other' } : kind === 'required' ? { reason: '原因' } : {};
}

function standsAt({ status, tasks }: ProcessState): State {
  if (status !== 'active') return 'X';
  const [stands] = Object.values(tasks).flatMap(({ elementId }) => STANDS[elementId] ?? []);
  if (!stands) throw new Error(`Nothing says where it stands: ${Object.values(tasks).map(({ elementId }) => elementId)}`);
  return stands;
}

const instancesOf = (state: State): readonly (ProcessState | null)[] =>
  state === 'S' ? [opened] : state === '51' ? ACTIVE.map((each) => instances[each] ?? null) : [instances[state] ?? null];

/** What holds for 51 holds in every state in it: so a recipient may decline after a cancelled visit too, for which the source gives no transition of its own. */
const expected = (from: State, event: Event, actor: Role) =>
  TRANSITIONS.filter(([, state, name, who]) => name === event && who === actor && (state === from || (state === '51' && isActive(from))));
const isActive = (state: State): boolean => ACTIVE.some((each) => each === state);
const isIn = (state: State, wanted: State): boolean => state === wanted || (wanted === '51' && isActive(state));

describe('the 34 transitions of a referral', () => {
  it.each(TRANSITIONS)('%s: from %s by %s of the %s to %s', (_, from, event, role, to) => {
    for (const instance of instancesOf(from)) {
      const passed = attempt(instance, event, actorOf(role, from)).filter((answer) => answer.kind === 'accepted');
      expect(passed).toHaveLength(1);
      for (const answer of passed) expect(isIn(standsAt(answer.state), to)).toBe(true);
    }
  });

  it('begin with a form that is sent, which no recipient can', () => {
    expect(attempt(null, 'send package', actorOf('initiator', 'C')).map(({ kind }) => kind)).toContain('accepted');
    const stranger: Actor = { kind: 'person', personId: 'p-he-jing', organisationId: 'org-lead', principals: ['role:manager@org-lead'] };
    expect(attempt(null, 'send package', stranger).map((answer) => answer.kind === 'refused' && answer.code)).toContain('not-allowed');
  });
});

describe.each(STATES)('in the state %s', (from) => {
  const cells = Object.keys(EVENTS).flatMap((event) => ACTORS.map((actor) => [event as Event, actor] as const));
  const legal = cells.filter(([event, actor]) => expected(from, event, actor).length > 0);
  const illegal = cells.filter(([event, actor]) => expected(from, event, actor).length === 0);

  it(`pass ${legal.map((cell) => cell.join(' by the ')).join(', ') || 'no event'}`, () => {
    for (const [event, actor] of legal)
      for (const instance of instancesOf(from))
        expect(attempt(instance, event, actorOf(actor, from)).filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
  });

  it.each(illegal)('%s by the %s is refused with a reason', (event, actor) => {
    const perInstance = instancesOf(from).map((instance) => attempt(instance, event, actorOf(actor, from)));
    // Of 51 it is refused unless every state in it takes it.
    const refusedThroughout = perInstance.filter((answers) => answers.every((answer) => answer.kind === 'refused' && answer.code !== ''));
    expect(refusedThroughout.length).toBeGreaterThan(0);
    if (from !== '51') expect(refusedThroughout).toHaveLength(1);
  });
});

describe('the matrix', () => {
  it('has 264 cells', () => {
    expect(STATES.length * Object.keys(EVENTS).length * ACTORS.length).toBe(264);
  });
});
