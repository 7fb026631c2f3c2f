/** Events: start, end, intermediate, boundary. */

import { checkElement } from './check-vocabulary.ts';
import { bodyOf, expressionOf, textOrFeel } from './expressions.ts';
import {
  type BoundaryEvent,
  definitionsOf,
  type EndEvent,
  type EventDefinition,
  type GraphElement,
  type IntermediateEvent,
  type SingleEventDefinition,
  type StartEvent,
  type TimerDefinition,
} from './graph.ts';
import { formKeyOf } from './lower-user-task.ts';
import {
  baseOf,
  clockFields,
  type Lowering,
  messageOf,
  placeOf,
  propertyExpression,
  reportMissingMessage,
  type Scope,
} from './lowering.ts';
import { elementAt, elementsIn, extensionOf, idOf, type ModdleElement, textAt, wordOf } from './moddle.ts';
import { actionOf, type Properties } from './properties.ts';
import { type DurationFault, timerFault } from './timer-text.ts';

type Base = ReturnType<typeof baseOf>;
type Kind = EventDefinition['kind'];

/** Which event definitions each kind of event may carry (BPMN 2.0, table 10.93); of a multiple event, each single one. */
const ALLOWED: Readonly<Record<string, readonly Kind[]>> = {
  startEvent: ['none', 'message', 'timer', 'signal', 'conditional', 'error', 'escalation', 'compensation'],
  endEvent: ['none', 'message', 'signal', 'error', 'escalation', 'compensation', 'cancel', 'terminate'],
  intermediateCatchEvent: ['message', 'timer', 'signal', 'conditional', 'link'],
  intermediateThrowEvent: ['none', 'message', 'signal', 'escalation', 'compensation', 'link'],
  boundaryEvent: ['message', 'timer', 'signal', 'conditional', 'error', 'escalation', 'compensation', 'cancel'],
};

export function lowerEvent(lowering: Lowering, element: ModdleElement, scope: Scope): GraphElement | null {
  const base = baseOf(lowering, element, scope);
  const event = eventOf(lowering, element, base.properties);
  const word = wordOf(element);
  if (!event) return null;
  const refused = definitionsOf(event).find(({ kind }) => !ALLOWED[word]?.includes(kind));
  if (refused) {
    refuseKind(lowering, element, refused.kind);
    return null;
  }
  switch (word) {
    case 'startEvent':
      return startEvent(lowering, element, base, event);
    case 'endEvent':
      return endEvent(base, event);
    case 'boundaryEvent':
      return boundaryEvent(lowering, element, base, event);
    default:
      return intermediateEvent(lowering, base, word as IntermediateEvent['elementType'], event);
  }
}

function refuseKind({ report }: Lowering, element: ModdleElement, kind: Kind): void {
  const word = wordOf(element);
  report(idOf(element), kind === 'none' ? 'event-definition' : 'unsupported-element', {
    en:
      kind === 'none'
        ? `A ${word} must say what it waits for: a timer, a message, a signal …`
        : `${kind} ${word} is not supported. Replace it by events that are (docs/guides/write-a-flow.md lists them).`,
    zh: kind === 'none' ? `${word} 必须指明等待的事件（定时器、消息、信号等）。` : `暂不支持 ${kind} ${word}，请改用受支持的事件。`,
  });
}

function startEvent(lowering: Lowering, element: ModdleElement, base: Base, event: EventDefinition): StartEvent {
  const formKey = formKeyOf(element);
  const starters = propertyExpression(lowering, element, base.properties, 'bihuan:starters');
  const organisation = propertyExpression(lowering, element, base.properties, 'bihuan:organisation');
  const isInside = element.$parent?.triggeredByEvent === true;
  return {
    ...base,
    elementType: 'startEvent',
    event,
    ...(formKey ? { formKey } : {}),
    ...(starters ? { starters } : {}),
    ...(organisation ? { organisation } : {}),
    ...(isInside ? { isInterrupting: element.isInterrupting !== false } : {}),
  };
}

function endEvent(base: Base, event: EventDefinition): EndEvent {
  const result = base.properties['bihuan:result'];
  return { ...base, elementType: 'endEvent', event, ...(result ? { result } : {}) };
}

function boundaryEvent(lowering: Lowering, element: ModdleElement, base: Base, event: EventDefinition): BoundaryEvent | null {
  const attachedTo = elementAt(element, 'attachedToRef');
  if (!attachedTo?.id) {
    lowering.report(base.id, 'boundary-attached', {
      en: 'This boundary event is attached to nothing. Attach it to an activity.',
      zh: '该边界事件未附着在任何活动上，请附着到活动。',
    });
    return null;
  }
  const isInterrupting = element.cancelActivity !== false;
  const handlerId = event.kind === 'compensation' ? lowering.handlers.get(base.id) : undefined;
  return {
    ...base,
    elementType: 'boundaryEvent',
    event,
    attachedToId: attachedTo.id,
    isInterrupting,
    ...personFields(lowering, base),
    ...(handlerId === undefined ? {} : { handlerId }),
  };
}

const intermediateEvent = (
  lowering: Lowering,
  base: Base,
  elementType: IntermediateEvent['elementType'],
  event: EventDefinition,
): IntermediateEvent => ({ ...base, elementType, event, ...personFields(lowering, base) });

/** A message that a person may send by a button. */
function personFields(lowering: Lowering, { id, properties }: Base) {
  const action = actionOf(id, properties, lowering.report);
  const resultVariable = properties['bihuan:result'];
  if (!action) return {};
  const senders = textOrFeel(action.senders, { elementId: id, what: 'the senders of bihuan:action', report: lowering.report });
  return { action: { ...action, senders: senders ?? '[]' }, ...(resultVariable ? { resultVariable } : {}) };
}

function eventOf(lowering: Lowering, element: ModdleElement, properties: Properties): EventDefinition | null {
  const given = [...elementsIn(element, 'eventDefinitions'), ...elementsIn(element, 'eventDefinitionRef')];
  if (given.length === 0) return { kind: 'none' };
  const definitions = given.map((definition) => singleEventOf(lowering, element, definition, properties));
  const known = definitions.filter((definition) => definition !== null);
  const [first] = known;
  if (known.length < given.length || !first) return null;
  return known.length === 1 ? first : { kind: 'multiple', isParallel: element.parallelMultiple === true, definitions: known };
}

export function singleEventOf(
  lowering: Lowering,
  element: ModdleElement,
  definition: ModdleElement,
  properties: Properties,
): SingleEventDefinition | null {
  if (!checkElement({ ...withId(definition, element) }, lowering.report)) return null;
  switch (wordOf(definition)) {
    case 'terminateEventDefinition':
      return { kind: 'terminate' };
    case 'cancelEventDefinition':
      return { kind: 'cancel' };
    case 'timerEventDefinition':
      return timerOf(lowering, element, definition, properties);
    case 'messageEventDefinition':
      return messageEventOf(lowering, element, definition);
    case 'signalEventDefinition':
      return signalOf(lowering, element, definition);
    case 'errorEventDefinition':
      return errorOf(lowering, element, definition);
    case 'escalationEventDefinition':
      return escalationOf(lowering, element, definition);
    case 'conditionalEventDefinition':
      return conditionalOf(lowering, element, definition);
    case 'compensateEventDefinition':
      return compensationOf(definition);
    case 'linkEventDefinition':
      return linkOf(lowering, element, definition);
    default:
      return null;
  }
}

/** Findings name the event that is drawn, not its definition inside. */
const withId = (definition: ModdleElement, element: ModdleElement): ModdleElement => ({
  ...definition,
  $type: definition.$type,
  $attrs: definition.$attrs ?? {},
  id: idOf(element),
});

function timerOf(
  lowering: Lowering,
  element: ModdleElement,
  definition: ModdleElement,
  properties: Properties,
): SingleEventDefinition | null {
  const kinds = (['date', 'duration', 'cycle'] as const).filter((kind) => elementAt(definition, TIMER_PROPERTY[kind]));
  const [kind] = kinds;
  if (kinds.length !== 1 || !kind) {
    lowering.report(idOf(element), 'timer-valid', {
      en: 'A timer must have exactly one of timeDate, timeDuration and timeCycle.',
      zh: '定时器必须且只能设置日期、时长、循环三者之一。',
    });
    return null;
  }
  const place = placeOf(lowering, element, `the ${kind} of the timer`);
  const body = bodyOf(definition, TIMER_PROPERTY[kind], place);
  const fault: DurationFault | null =
    body === undefined || body.startsWith('=') ? null : timerFault(kind, body, { isStart: wordOf(element) === 'startEvent' });
  if (body === undefined || fault) {
    lowering.report(
      idOf(element),
      'timer-valid',
      fault ?? { en: `The ${kind} of the timer is empty. Give one.`, zh: '定时器的值为空，请填写。' },
    );
    return null;
  }
  const timer: TimerDefinition = {
    kind,
    value: textOrFeel(body, place) ?? '""',
    ...clockFields(lowering, element, properties, 'bihuan:clock'),
  };
  return { kind: 'timer', timer };
}

const TIMER_PROPERTY = { date: 'timeDate', duration: 'timeDuration', cycle: 'timeCycle' } as const;

function messageEventOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): SingleEventDefinition | null {
  const { messageName, ...rest } = messageOf(lowering, element, definition);
  const job = textAt(extensionOf(element, 'zeebe:TaskDefinition'), 'type');
  const jobType = textOrFeel(job, placeOf(lowering, element, 'the job type'));
  if (messageName === undefined && jobType === undefined) {
    reportMissingMessage(lowering, element);
    return null;
  }
  return { kind: 'message', messageName: messageName ?? '""', ...rest, ...(jobType === undefined ? {} : { jobType }) };
}

function signalOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): SingleEventDefinition | null {
  const signal = elementAt(definition, 'signalRef');
  const signalName = textOrFeel(textAt(signal, 'name') ?? signal?.id, placeOf(lowering, element, 'the name of the signal'));
  if (signalName !== undefined) return { kind: 'signal', signalName };
  lowering.report(idOf(element), 'signal-named', {
    en: 'It has no signal. Choose a signal with a name.',
    zh: '未指定信号，请选择有名称的信号。',
  });
  return null;
}

function errorOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): SingleEventDefinition | null {
  const error = elementAt(definition, 'errorRef');
  const errorCode = textOrFeel(textAt(error, 'errorCode'), placeOf(lowering, element, 'the error code'));
  // Without a code every error is caught; a throwing event must say which.
  if (errorCode !== undefined) return { kind: 'error', errorCode };
  if (isCatching(element)) return { kind: 'error' };
  lowering.report(idOf(element), 'error-coded', {
    en: error ? `The error "${error.id}" has no errorCode. Give it one.` : 'It throws no error. Choose an error with an errorCode.',
    zh: error ? `错误“${error.id}”没有错误代码，请填写。` : '未指定错误，请选择有错误代码的错误。',
  });
  return null;
}

const isCatching = (element: ModdleElement): boolean => element.$type === 'bpmn:BoundaryEvent' || element.$type === 'bpmn:StartEvent';

function escalationOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): SingleEventDefinition | null {
  const escalation = elementAt(definition, 'escalationRef');
  const code = textAt(escalation, 'escalationCode') ?? (isCatching(element) ? undefined : (textAt(escalation, 'name') ?? escalation?.id));
  const escalationCode = textOrFeel(code, placeOf(lowering, element, 'the escalation code'));
  if (escalationCode !== undefined) return { kind: 'escalation', escalationCode };
  if (isCatching(element)) return { kind: 'escalation' };
  lowering.report(idOf(element), 'escalation-coded', {
    en: 'It throws no escalation. Choose an escalation with an escalationCode.',
    zh: '未指定升级，请选择有升级代码的升级。',
  });
  return null;
}

function conditionalOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): SingleEventDefinition | null {
  const place = placeOf(lowering, element, 'the condition');
  const condition = expressionOf(bodyOf(definition, 'condition', place), place);
  if (condition !== undefined) return { kind: 'conditional', condition };
  lowering.report(idOf(element), 'condition-given', {
    en: 'The conditional event has no condition. Give one that becomes true.',
    zh: '条件事件没有条件，请填写。',
  });
  return null;
}

function compensationOf(definition: ModdleElement): SingleEventDefinition {
  const activityId = elementAt(definition, 'activityRef')?.id;
  return {
    kind: 'compensation',
    ...(activityId === undefined ? {} : { activityId }),
    waitForCompletion: definition.waitForCompletion !== false,
  };
}

function linkOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): SingleEventDefinition | null {
  const linkName = textAt(definition, 'name');
  if (linkName !== undefined) return { kind: 'link', linkName };
  lowering.report(idOf(element), 'link-named', {
    en: 'The link has no name. Give both ends the same one.',
    zh: '链接没有名称，请为两端填写同一名称。',
  });
  return null;
}
