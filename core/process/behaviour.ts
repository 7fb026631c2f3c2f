/** What each kind of element does once it is entered. Evaluates at once; what happens is returned, to be done when nothing failed. */
import type { EndEvent, GraphElement, IntermediateEvent, WorkTask } from '#core/bpmn/graph.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';
import type { JsonObject } from '#core/json.ts';
import { giveResults } from './complete.ts';
import { throwError } from './errors.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import { enter } from './open.ts';
import { childrenOf, elementOf, emit, instanceOf, nextEffectId, type Step } from './step.ts';
import { creating } from './task-create.ts';
import { clearTokens, terminate } from './terminate.ts';
import { fixedDurationMs } from './timers.ts';
import { contextOf, evaluateAt, textAt } from './variables.ts';
import { subscribing } from './waits.ts';

export type Act = () => void;

export function beginning(step: Step, key: ElementKey, element: GraphElement, trigger?: { readonly variables: JsonObject }): Act {
  if (trigger) return () => giveResults(step, key, trigger.variables);
  switch (element.elementType) {
    case 'startEvent':
    case 'boundaryEvent':
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
      return completing(step, key);
    case 'eventBasedGateway': {
      const targets = element.outgoing.map((flowId) => elementOf(step, step.graph.flows[flowId]?.targetId ?? ''));
      const acts = targets.map((target) => subscribing(step, key, target));
      return () => {
        for (const act of acts) act();
      };
    }
    case 'endEvent':
    case 'intermediateThrowEvent':
      return throwing(step, key, element);
    case 'intermediateCatchEvent':
      return element.event.kind === 'link' ? completing(step, key) : subscribing(step, key, element);
    case 'userTask':
      return creating(step, key, element);
    case 'subProcess': {
      const start = element.elementIds.map((id) => elementOf(step, id)).find((inner) => inner.elementType === 'startEvent');
      if (!start) throw new Error(`Sub-process ${element.id} has no start event.`);
      return () => enter(step, start, { scopeKey: key });
    }
    case 'callActivity': {
      const calledProcessId = textAt(step, key, element.calledProcessId);
      const { variables: local } = instanceOf(step, key);
      const variables = element.propagateAllParentVariables ? contextOf(step.draft.elements, key) : local;
      return () =>
        emit(step, { type: 'child.wanted', elementId: element.id, key, effectId: nextEffectId(step), calledProcessId, variables });
    }
    default:
      return working(step, key, element);
  }
}

const completing =
  (step: Step, key: ElementKey): Act =>
  () => {
    step.queue.push({ kind: 'complete', key });
  };

function working(step: Step, key: ElementKey, { id, work }: WorkTask): Act {
  switch (work.kind) {
    case 'none':
      return completing(step, key);
    case 'job':
      return offeringJob(step, key, id, work);
    case 'script': {
      const value = evaluateAt(step, key, work.expression);
      if (work.resultVariable === '') {
        const isContext = typeof value === 'object' && value !== null && !Array.isArray(value);
        return () => giveResults(step, key, isContext ? (value as JsonObject) : {});
      }
      return () => giveResults(step, key, { [work.resultVariable]: value });
    }
    case 'decision':
      return deciding(step, key, id, work);
    case 'throwMessage':
      return throwingMessage(step, key, id, work);
    case 'catchMessage':
      return subscribing(step, key, elementOf(step, id));
  }
}

function deciding(step: Step, key: ElementKey, id: string, work: Extract<WorkTask['work'], { kind: 'decision' }>): Act {
  const decisionId = textAt(step, key, work.decisionId);
  const context = contextOf(step.draft.elements, key);
  const answer = evaluateDecision(step.graph.decisions, decisionId, context, { at: step.command.at, zone: step.command.zone });
  if (!answer.ok) throw new ActFailure('decision-failed', answer.message);
  const { result, matchedRuleIds } = answer;
  return () => {
    emit(step, { type: 'decision.evaluated', elementId: id, key, decisionId, result, matchedRuleIds });
    giveResults(step, key, { [work.resultVariable]: result });
  };
}

interface JobWork {
  readonly jobType: string;
  readonly retries?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function offeringJob(step: Step, key: ElementKey, elementId: string, work: JobWork): Act {
  const jobType = textAt(step, key, work.jobType);
  const retries = Number(work.retries === undefined ? 3 : evaluateAt(step, key, work.retries));
  if (!Number.isInteger(retries) || retries < 1) throw new ActFailure('expression-failed', 'The retries of a job must be a number from 1.');
  const variables = contextOf(step.draft.elements, key);
  const headers = work.headers ?? {};
  return () => emit(step, { type: 'job.created', elementId, key, effectId: nextEffectId(step), jobType, retries, headers, variables });
}

/** End events and intermediate throw events. */
function throwing(step: Step, key: ElementKey, element: EndEvent | IntermediateEvent): Act {
  const { event, id } = element;
  switch (event.kind) {
    case 'none':
      return completing(step, key);
    case 'terminate':
      return () => clearScope(step, key);
    case 'error': {
      const code = event.errorCode === undefined ? '' : textAt(step, key, event.errorCode);
      return () => throwError(step, key, code, {});
    }
    case 'message':
      if (event.jobType !== undefined) return offeringJob(step, key, id, { jobType: event.jobType });
      return throwingMessage(step, key, id, event);
    case 'signal': {
      const signalName = textAt(step, key, event.signalName);
      return () => {
        emit(step, { type: 'signal.thrown', elementId: id, key, signalName, variables: contextOf(step.draft.elements, key) });
        step.queue.push({ kind: 'complete', key });
      };
    }
    case 'link':
      return completing(step, key);
    default:
      throw new Error(`${id} throws ${event.kind}, which the compiler should have refused.`);
  }
}

/** As long as Zeebe's clients keep a message for which nobody waits yet. */
const TIME_TO_LIVE_MS = 3_600_000;

function throwingMessage(
  step: Step,
  key: ElementKey,
  elementId: string,
  message: { readonly messageName: string; readonly correlationKey?: string; readonly timeToLive?: string },
): Act {
  const messageName = textAt(step, key, message.messageName);
  const correlationKey = message.correlationKey === undefined ? undefined : textAt(step, key, message.correlationKey);
  const timeToLiveMs = message.timeToLive === undefined ? TIME_TO_LIVE_MS : fixedDurationMs(textAt(step, key, message.timeToLive));
  return () => {
    const variables = contextOf(step.draft.elements, key);
    emit(step, {
      type: 'message.thrown',
      elementId,
      key,
      messageName,
      ...(correlationKey === undefined ? {} : { correlationKey }),
      timeToLiveMs,
      variables,
    });
    step.queue.push({ kind: 'complete', key });
  };
}

/** A terminate end event ends everything else in its scope, also tokens that wait before joins. */
function clearScope(step: Step, key: ElementKey): void {
  const { scopeKey, elementId } = instanceOf(step, key);
  if (scopeKey === null) throw new Error('A process scope is not an end event.');
  for (const sibling of childrenOf(step.draft, scopeKey)) if (sibling.key !== key) terminate(step, sibling.key);
  clearTokens(step, scopeKey, elementId);
  step.queue.push({ kind: 'complete', key });
}
