/** Plays a scenario and says, in sentences, what did not hold. Pure: the clock is virtual, needs are answered from given calendars. */
import { workingIntervals } from '#core/calendar/working-time.ts';
import type { JsonObject } from '#core/json.ts';
import type { Actor, Command, CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { effects } from './effects.ts';
import type { ProcessEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { Need, NeedValues } from './need.ts';
import type { CastMember, Scenario, ScenarioStep, Stage } from './scenario.ts';
import { checkExpectation } from './scenario-expect.ts';
import { BrokenScenario, memberOf, openElements, type Play, principalsOf, type ScenarioWorld } from './scenario-play.ts';
import type { ProcessState, TaskState } from './state.ts';
import { readDuration } from './time.ts';

export interface ScenarioRun {
  /** Empty when everything held. */
  readonly problems: readonly string[];
  readonly events: readonly ProcessEvent[];
  /** What was accepted, in order: the same instance can be told again elsewhere. */
  readonly commands: readonly Command[];
  readonly state: ProcessState | null;
}

export function runScenario(world: ScenarioWorld, scenario: Scenario): ScenarioRun {
  const play: Play = { world, state: null, at: instant(scenario.at ?? world.stage.at), events: [], accepted: [], seen: 0, commands: 0 };
  let place = 'start';
  try {
    begin(play, scenario);
    for (const { step, name } of unfold(scenario.steps, world.stage)) {
      place = name;
      take(play, step);
    }
  } catch (error) {
    if (!(error instanceof BrokenScenario)) throw error;
    return { problems: [`${place}: ${error.message}`], events: play.events, commands: play.accepted, state: play.state };
  }
  return { problems: [], events: play.events, commands: play.accepted, state: play.state };
}

function begin(play: Play, { start, process }: Scenario): void {
  const { graph, stage } = play.world;
  const processId = process ?? Object.keys(graph.processes)[0] ?? '';
  const starter = memberOf(play, start.by);
  const variables: JsonObject = {
    ...stage.context,
    ...stage.facts,
    starter: { ...(start.element === undefined ? { person: starter.person } : {}), organisation: starter.organisation },
    ...start.facts,
    instanceId: 'scenario',
  };
  const where = start.element === undefined ? {} : { startElementId: start.element };
  const actor = start.element === undefined ? actorOf(starter) : MESSAGE;
  submit(play, actor, { type: 'start', instanceId: 'scenario', processId, ...where, variables }, start.refused);
}

interface NamedStep {
  readonly step: ScenarioStep;
  readonly name: string;
}

/** Replaces `play: <sequence>` by the steps of that sequence, which may play others. */
function unfold(steps: Scenario['steps'], stage: Stage, within = 'step'): readonly NamedStep[] {
  return steps.flatMap((step, index) => {
    const place = `${within} ${index + 1}`;
    if (!('play' in step)) return [{ step, name: `${place} (${title(step)})` }];
    const sequence = stage.sequences[step.play];
    if (!sequence) throw new BrokenScenario(`There is no sequence "${step.play}".`);
    return unfold(sequence, stage, `${place}, ${step.play}`);
  });
}

function take(play: Play, step: ScenarioStep): void {
  if ('expect' in step) checkExpectation(play, step.expect);
  else if ('job' in step) completeJob(play, step.job, step.gives);
  else if ('after' in step) passTime(play, addDuration(play.at, step.after));
  else if ('until' in step) passTime(play, instant(step.until));
  else if ('arrives' in step) arrive(play, step);
  else if ('hears' in step) hear(play, step);
  else if ('finishes' in step) finish(play, step);
  else act(play, memberOf(play, step.by), step);
}

const MESSAGE: Actor = { kind: 'system', name: 'message' };

function arrive(play: Play, { arrives: messageName, key, facts, refused }: Extract<ScenarioStep, { arrives: string }>): void {
  const keyed = key === undefined ? {} : { correlationKey: key };
  submit(play, MESSAGE, { type: 'message.deliver', messageName, ...keyed, variables: facts }, refused);
}

function hear(play: Play, { hears: signalName, facts, refused }: Extract<ScenarioStep, { hears: string }>): void {
  submit(play, MESSAGE, { type: 'signal.deliver', signalName, variables: facts }, refused);
}

type Act = Extract<ScenarioStep, { by: string }>;

function act(play: Play, member: CastMember, step: Act): void {
  const actor = actorOf(member);
  if ('does' in step) {
    complete(play, member, step);
  } else if ('sends' in step) {
    const { sends: code, facts, reason, reasonCode } = step;
    submit(play, actor, { type: 'action.send', code, facts, reason, reasonCode }, step.refused);
  } else if ('claims' in step) {
    submit(play, actor, { type: 'task.claim', taskId: taskFor(play, step.claims, member).taskId }, step.refused);
  } else {
    const { taskId } = taskFor(play, step.assigns, member);
    submit(play, actor, { type: 'task.assign', taskId, personId: memberOf(play, step.to).person }, step.refused);
  }
}

function complete(play: Play, member: CastMember, step: Extract<Act, { does: string }>): void {
  const task = taskFor(play, step.does, member);
  const actor = actorOf(member);
  if (task.assignee !== member.person) {
    const refusal = attemptToSubmit(play, actor, { type: 'task.claim', taskId: task.taskId });
    if (refusal !== null) {
      judge(refusal, step.refused);
      return;
    }
  }
  const { outcome, facts, reason, reasonCode } = step;
  submit(play, actor, { type: 'task.complete', taskId: task.taskId, outcome, facts, reason, reasonCode }, step.refused);
}

function completeJob(play: Play, elementId: string, variables: JsonObject): void {
  const job = Object.values(play.state?.jobs ?? {}).find((open) => open.elementId === elementId);
  if (!job) throw new BrokenScenario(`${elementId} has no open job.`);
  submit(play, { kind: 'system', name: 'job' }, { type: 'job.complete', effectId: job.effectId, variables }, undefined);
}

/** Of several tasks of one element (many experts) the one that is the person's own, else one that they may take. */
function taskFor(play: Play, elementId: string, member: CastMember): TaskState {
  const open = Object.values(play.state?.tasks ?? {}).filter((task) => task.elementId === elementId);
  const principals = principalsOf(member);
  const own = open.find(({ assignee }) => assignee === member.person);
  const offered = open.find(({ candidates, assignee }) => !assignee && candidates.some((candidate) => principals.includes(candidate)));
  const task = own ?? offered ?? open[0];
  if (!task) throw new BrokenScenario(`${elementId} has no open task; open are ${openElements(play).join(', ') || 'none'}.`);
  return task;
}

function finish(play: Play, { finishes, gives: variables }: Extract<ScenarioStep, { finishes: string }>): void {
  const child = Object.values(play.state?.children ?? {}).find(({ elementId }) => elementId === finishes);
  if (!child) throw new BrokenScenario(`${finishes} calls no process.`);
  submit(play, { kind: 'system', name: 'child' }, { type: 'child.complete', effectId: child.effectId, variables }, undefined);
}

function passTime(play: Play, target: string): void {
  if (target < play.at) throw new BrokenScenario(`Time cannot go back from ${play.at} to ${target}.`);
  for (;;) {
    const next = play.state ? effects(play.world.graph, play.state).find((effect) => effect.kind === 'timer') : undefined;
    if (next?.kind !== 'timer' || next.due > target) break;
    if (next.due > play.at) play.at = next.due;
    submit(play, { kind: 'system', name: 'timer' }, { type: 'timer.fire', effectId: next.id }, undefined);
  }
  play.at = target;
}

function submit(play: Play, actor: Actor, body: CommandBody, expected: string | undefined): void {
  judge(attemptToSubmit(play, actor, body), expected);
}

function judge(refusal: string | null, expected: string | undefined): void {
  if (refusal === null && expected !== undefined) throw new BrokenScenario(`Expected the refusal ${expected}, but it was accepted.`);
  if (refusal !== null && expected === undefined) throw new BrokenScenario(`Refused: ${refusal}.`);
  if (refusal !== null && expected !== refusal) throw new BrokenScenario(`Expected the refusal ${expected}, but got ${refusal}.`);
}

/** As the door does: decide, answer needs, decide again. Gives the code of a refusal. */
function attemptToSubmit(play: Play, actor: Actor, body: CommandBody): string | null {
  const { graph, stage } = play.world;
  play.commands += 1;
  const head = { id: `command-${play.commands}`, at: play.at, zone: stage.zone, actor };
  let needs: NeedValues = {};
  for (let round = 0; round < NEED_ROUNDS_MAX; round += 1) {
    const command: Command = { ...head, ...body, needs };
    const decision = decide(graph, play.state, command);
    if (decision.kind === 'refused') return decision.refusal.code;
    if (decision.kind === 'accepted') {
      play.state = evolve(graph, play.state, { seq: (play.state?.seq ?? 0) + 1, at: play.at, events: decision.events });
      play.events.push(...decision.events);
      play.accepted.push(command);
      refuseIncidents(decision.events);
      return null;
    }
    needs = answer(play.world, decision.needs, needs);
  }
  throw new BrokenScenario('Its needs never come to an end.');
}

const NEED_ROUNDS_MAX = 5;

function answer({ calendarOf }: ScenarioWorld, needs: readonly Need[], known: NeedValues): NeedValues {
  const workingTime = { ...known.workingTime };
  for (const need of needs) {
    const extent = need.kind === 'working-time' ? { minutes: need.minutes } : { to: need.to };
    const intervals = workingIntervals(calendarOf(need.organisationId), need.from, extent);
    const before = (workingTime[need.organisationId] ?? []).filter(([from]) => !intervals.some(([start]) => start <= from));
    workingTime[need.organisationId] = [...before, ...intervals];
  }
  return { ...known, workingTime };
}

function refuseIncidents(events: readonly ProcessEvent[]): void {
  const incident = events.find((event) => event.type === 'incident.raised');
  if (incident) throw new BrokenScenario(`Incident ${incident.code} at ${incident.elementId}: ${incident.message}`);
}

const actorOf = (member: CastMember): Actor => ({
  kind: 'person',
  personId: member.person,
  organisationId: member.organisation,
  principals: principalsOf(member),
});

function instant(text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new BrokenScenario(`"${text}" is not an instant.`);
  return new Date(ms).toISOString();
}

function addDuration(at: string, text: string): string {
  const duration = readDuration(text);
  if (duration?.months !== 0) throw new BrokenScenario(`"${text}" is not a duration such as PT8H.`);
  return new Date(Date.parse(at) + duration.ms).toISOString();
}

function title(step: ScenarioStep): string {
  if ('does' in step) return `${step.by} does ${step.does}${step.outcome ? `: ${step.outcome}` : ''}`;
  if ('sends' in step) return `${step.by} sends ${step.sends}`;
  if ('claims' in step) return `${step.by} claims ${step.claims}`;
  if ('job' in step) return `the job ${step.job}`;
  if ('assigns' in step) return `${step.by} assigns ${step.assigns} to ${step.to}`;
  if ('arrives' in step) return `${step.arrives} arrives`;
  if ('hears' in step) return `${step.hears} is heard`;
  if ('finishes' in step) return `${step.finishes} finishes`;
  if ('after' in step) return `after ${step.after}`;
  return 'until' in step ? `until ${step.until}` : 'expect';
}
