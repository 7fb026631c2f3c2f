/** What each kind of element does once it is entered. Evaluates at once; what happens is returned, to be done when nothing failed. */
import {
  definitionsOf,
  type EndEvent,
  type GraphElement,
  type IntermediateEvent,
  implicitStarts,
  type WorkTask,
} from '#core/bpmn/graph.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';
import type { JsonObject } from '#core/json.ts';
import { beginningAdHoc } from './ad-hoc.ts';
import { giveResults } from './complete.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import { enter } from './open.ts';
import { elementOf, emit, instanceOf, nextEffectId, type Step } from './step.ts';
import { creating } from './task-create.ts';
import { type Act, completing, decidesItself, throwing, together } from './throwing.ts';
import { contextOf, evaluateAt, textAt } from './variables.ts';
import { subscribing } from './waits.ts';

export function beginning(step: Step, key: ElementKey, element: GraphElement, trigger?: { readonly variables: JsonObject }): Act {
  if (trigger) return () => giveResults(step, key, trigger.variables);
  switch (element.elementType) {
    case 'startEvent':
      // Where several things must all happen, the instance is begun by one of them and waits for the others.
      return element.event.kind === 'multiple' && element.event.isParallel ? subscribing(step, key, element) : completing(step, key);
    case 'boundaryEvent':
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
    case 'complexGateway':
      return completing(step, key);
    case 'eventBasedGateway': {
      const targets = element.outgoing.map((flowId) => elementOf(step, step.graph.flows[flowId]?.targetId ?? ''));
      return together(targets.map((target) => subscribing(step, key, target)));
    }
    case 'endEvent':
    case 'intermediateThrowEvent':
      return throwingAll(step, key, element);
    case 'intermediateCatchEvent':
      return element.event.kind === 'link' ? completing(step, key) : subscribing(step, key, element);
    case 'userTask':
      return creating(step, key, element);
    case 'subProcess':
    case 'transaction':
    case 'eventSubProcess': {
      const start = element.elementIds.map((id) => elementOf(step, id)).find((inner) => inner.elementType === 'startEvent');
      const begins = start ? [start] : implicitStarts(step.graph, element.id);
      return together(begins.map((begin) => () => enter(step, begin, { scopeKey: key })));
    }
    case 'adHocSubProcess':
      return beginningAdHoc(step, key, element);
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

/** What the element throws, then it completes, unless what was thrown decides about that. */
function throwingAll(step: Step, key: ElementKey, element: EndEvent | IntermediateEvent): Act {
  const { event, id } = element;
  if (event.kind === 'message' && event.jobType !== undefined) return offeringJob(step, key, id, { jobType: event.jobType });
  const definitions = definitionsOf(event);
  const acts = definitions.map((definition) => throwing(step, key, definition));
  const isLeft = definitions.some(decidesItself);
  return together(isLeft ? acts : [...acts, completing(step, key)]);
}

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
      return together([throwing(step, key, { ...work, kind: 'message' }), completing(step, key)]);
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
  const explained = step.graph.decisions[decisionId]?.isExplained ? { fired: answer.fired } : {};
  return () => {
    emit(step, { type: 'decision.evaluated', elementId: id, key, decisionId, result, matchedRuleIds, ...explained });
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
