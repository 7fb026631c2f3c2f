/**
 * The durable shell of one process instance. It decides every step again from its own state (P11), keeps what the state wants
 * running (P14–P16), and at the end seals the loop (P21). It has no rule of its own: those are core's.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setDefaultUpdateHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { commitmentOf, GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import { decide } from '#core/process/decide.ts';
import type { Effect } from '#core/process/effect.ts';
import { effects } from '#core/process/effects.ts';
import { evolve } from '#core/process/evolve.ts';
import type { ProcessState } from '#core/process/state.ts';
import { Calls } from './called.ts';
import { type Fullness, fullnessOf } from './carry-over.ts';
import { currentDetails, effectSummary } from './details.ts';
import { performJob, reported } from './job.ts';
import type { BatchAnswer, Carried, GraphArgument, InstanceActivities, InstanceArgument, InstanceResult, StepBatch } from './messages.ts';

// The door answers in milliseconds; while it or the database is away the report is tried again for as long as it takes.
const REPORTING = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const;
const door = proxyActivities<Pick<InstanceActivities, 'fireTimer' | 'offerJob' | 'completeJob' | 'failJob'>>(REPORTING);
// Local: the last step, the seal and the end of the workflow are one workflow task, which halves what Temporal writes for it.
const sealing = proxyLocalActivities<Pick<InstanceActivities, 'seal'>>(REPORTING);

/** An armed timer waits; what runs makes a call; what is reported waits for the step that it brought. */
type Running = { state: 'armed' | 'running'; scope: CancellationScope } | { state: 'reported' };

export default async function instance(graphArgument: GraphArgument, argument: InstanceArgument): Promise<InstanceResult> {
  // All state is declared before the handler: an Update that comes with the start runs as soon as the handler is set.
  // Replaced by a migration, and carried over to the next run.
  let adopted = graphArgument;
  let { graph } = graphArgument;
  let state: ProcessState | null = argument.carried?.state ?? null;
  let hash = argument.carried?.hash ?? GENESIS_HASH;
  let updates = 0;
  let changed = state !== null;
  let isBehind = argument.carried?.isBehind ?? false;
  const running = new Map<string, Running>((argument.carried?.reported ?? []).map((id) => [id, { state: 'reported' }]));
  const calls = new Calls(argument.instanceId);
  const runIds = [...(argument.carried?.runIds ?? []), workflowInfo().runId];

  // One handler for every name: updates are named by the phase they belong to, so that a history reads as the loop. It awaits
  // nothing, so two updates never interleave, and it answers every throw (P13).
  setDefaultUpdateHandler((_name: string, ...args: unknown[]): BatchAnswer => {
    updates += 1;
    changed = true;
    try {
      return applyBatch(args[0] as StepBatch, args[1] as GraphArgument | undefined);
    } catch (error) {
      return { kind: 'diverged', seq: state?.seq ?? 0, expected: '', found: hash, detail: failureText(error) };
    }
  });

  while (true) {
    await condition(() => changed || mayGoOver());
    changed = false;
    calls.tend();
    if (state && state.status !== 'active') break;
    if (state) cancelUnwanted(state);
    if (mayGoOver()) return carryOver();
    if (state && !isBehind) startWanted(state);
    setCurrentDetails(currentDetails(graph, state));
  }
  for (const entry of running.values()) if (entry.state !== 'reported') entry.scope.cancel();
  setCurrentDetails(currentDetails(graph, state));
  const ended: ProcessState = state;
  // Also for the report that brought the last step: Temporal gives up a workflow task that would end the workflow while one comes in.
  await condition(() => allHandlersFinished() && isQuiet());
  await sealing.seal({ instanceId: argument.instanceId, runIds, lastSeq: ended.seq, lastHash: hash });
  return { lastSeq: ended.seq, lastHash: hash, result: ended.result ?? ended.status };

  /** `target`: with which graph the instance goes on after a migration, the last step of its batch. */
  function applyBatch(batch: StepBatch, target?: GraphArgument): BatchAnswer {
    const held = state?.seq ?? 0;
    if (batch.fromSeq > held + 1) return { kind: 'gap', seq: held };
    if (batch.fromSeq === held + 1 && batch.previousHash !== hash)
      return { kind: 'diverged', seq: held, expected: batch.previousHash, found: hash, detail: 'another step stands at this seq' };
    isBehind = batch.isBehind;
    let seq = batch.fromSeq;
    for (const step of batch.steps) {
      // Already applied: a repeated Update (after continue-as-new, ids do not dedupe). The seq decides.
      if (seq <= held) {
        if (seq === held && step.hash !== hash)
          return { kind: 'diverged', seq, expected: step.hash, found: hash, detail: 'another step stands at this seq' };
        seq += 1;
        continue;
      }
      const answer = applyStep(step, target);
      if (answer) return answer;
      seq += 1;
    }
    return { kind: 'confirmed', seq: state?.seq ?? 0, hash };
  }

  /** Null when the step was applied. */
  function applyStep(step: StepBatch['steps'][number], target?: GraphArgument): BatchAnswer | null {
    const seq = (state?.seq ?? 0) + 1;
    const diverged = (found: string, detail: string): BatchAnswer => ({ kind: 'diverged', seq, expected: step.hash, found, detail });
    try {
      const { command } = step;
      const next = command.type === 'instance.migrate' && target?.graphHash === command.graphHash ? target : null;
      const decision = next ? decide(graph, state, command, next.graph) : decide(graph, state, command);
      if (decision.kind === 'refused') return diverged('', `refused: ${decision.refusal.code}`);
      if (decision.kind === 'needs') return diverged('', `needs: ${decision.needs.map((need) => need.kind).join(', ')}`);
      const folded = evolve(next?.graph ?? graph, state, { seq, at: command.at, events: decision.events });
      const envelope = {
        instanceId: argument.instanceId,
        seq,
        at: command.at,
        actor: command.actor.kind === 'person' ? `person:${command.actor.personId}` : `system:${command.actor.name}`,
        commandId: command.id,
        commandType: command.type,
        semantics: argument.semantics,
      };
      const found = stepHash(hash, envelope, commitmentOf(argument.salt, { events: decision.events, state: folded }));
      if (found !== step.hash) return diverged(found, 'another hash');
      state = folded;
      hash = found;
      if (next) {
        adopted = next;
        graph = next.graph;
      }
      calls.note(folded, decision.events);
      return null;
    } catch (error) {
      return diverged('', failureText(error));
    }
  }

  /** P14: what runs and is no longer wanted is cancelled, also before a run continues as new. */
  function cancelUnwanted(now: ProcessState): void {
    const wanted = new Set(wantedOf(now).map((effect) => effect.id));
    for (const [id, entry] of running) {
      if (wanted.has(id)) continue;
      if (entry.state !== 'reported') entry.scope.cancel();
      running.delete(id);
    }
  }

  /** P14: what is wanted and does not run is started; a call only where the run may still grow (P17). */
  function startWanted(now: ProcessState): void {
    const startsCalls = fullness() !== 'pressing';
    for (const effect of wantedOf(now)) if (!running.has(effect.id) && (startsCalls || effect.kind === 'timer')) start(effect);
  }

  function wantedOf(now: ProcessState): readonly Effect[] {
    return nextTimersOnly(effects(graph, now));
  }

  function start(effect: Effect): void {
    const scope = new CancellationScope();
    running.set(effect.id, { state: 'running', scope });
    scope
      .run(() => perform(effect))
      .then(() => {
        if (running.has(effect.id)) running.set(effect.id, { state: 'reported' });
      })
      .catch((error: unknown) => {
        // Cancelled because the state stopped wanting it; anything else was reported as failed by `perform`.
        if (!isCancellation(error)) throw error;
        running.delete(effect.id);
      });
  }

  async function perform(effect: Effect): Promise<void> {
    const { instanceId } = argument;
    if (effect.kind === 'timer') {
      const delayMs = Date.parse(effect.due) - Date.now();
      if (delayMs > 0) await armed(effect, delayMs);
      await reported(() => door.fireTimer({ instanceId, effectId: effect.id }));
      return;
    }
    if (effect.kind === 'child') return calls.start(effect, graph);
    await performJob(graph, instanceId, effect, door);
  }

  /** Armed while it waits, so that the run may go over meanwhile. */
  async function armed(timer: Effect, delayMs: number): Promise<void> {
    setRunning(timer, 'armed');
    await sleep(delayMs, { summary: effectSummary(graph, timer) });
    setRunning(timer, 'running');
  }

  function setRunning({ id }: Effect, to: 'armed' | 'running'): void {
    const entry = running.get(id);
    if (entry && entry.state !== 'reported') running.set(id, { ...entry, state: to });
  }

  function fullness(): Fullness {
    return fullnessOf({ ...workflowInfo(), updates }, argument.limits);
  }

  function mayGoOver(): boolean {
    return state !== null && isQuiet() && fullness() !== 'roomy';
  }

  /** P17: timers are armed again by the next run, to the same time. */
  async function carryOver(): Promise<InstanceResult> {
    for (const [id, entry] of running) {
      if (entry.state !== 'armed') continue;
      entry.scope.cancel();
      running.delete(id);
    }
    await condition(allHandlersFinished);
    if (!state) throw new Error('A run without a state has nothing to carry over.');
    const carried: Carried = { state, hash, reported: [...running.keys()], runIds, ...(isBehind && { isBehind }) };
    return continueAsNew<typeof instance>(adopted, { ...argument, carried });
  }

  /** No call runs. */
  function isQuiet(): boolean {
    return calls.isDrained() && [...running.values()].every((entry) => entry.state !== 'running');
  }
}

const failureText = (error: unknown): string => `failed: ${error instanceof Error ? error.name : 'unknown'}`;

/** Of a task's reminders and deadline only the next is armed: one durable wait for each open task. */
function nextTimersOnly(wanted: readonly Effect[]): readonly Effect[] {
  const next = new Map<string, Effect>();
  const others: Effect[] = [];
  for (const effect of wanted) {
    if (effect.kind !== 'timer' || effect.purpose === 'timer' || effect.taskId === undefined) others.push(effect);
    else {
      const known = next.get(effect.taskId);
      if (!known || (known.kind === 'timer' && effect.due < known.due)) next.set(effect.taskId, effect);
    }
  }
  return [...others, ...next.values()];
}
