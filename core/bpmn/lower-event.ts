/** Events: start, end, intermediate, boundary. */

import { checkElement } from './check-vocabulary.ts';
import { bodyOf, textOrFeel } from './expressions.ts';
import type { BoundaryEvent, EndEvent, EventDefinition, GraphElement, IntermediateEvent, StartEvent, TimerDefinition } from './graph.ts';
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

/** Which event definitions each kind of event may carry. */
const ALLOWED: Readonly<Record<string, readonly Kind[]>> = {
  startEvent: ['none', 'message', 'timer', 'signal'],
  endEvent: ['none', 'message', 'signal', 'error', 'terminate'],
  intermediateCatchEvent: ['message', 'timer', 'signal', 'link'],
  intermediateThrowEvent: ['none', 'message', 'signal', 'link'],
  boundaryEvent: ['message', 'timer', 'signal', 'error'],
};

export function lowerEvent(lowering: Lowering, element: ModdleElement, scope: Scope): GraphElement | null {
  const base = baseOf(lowering, element, scope);
  const event = eventOf(lowering, element, base.properties);
  const word = wordOf(element);
  if (!event) return null;
  if (!ALLOWED[word]?.includes(event.kind)) {
    refuseKind(lowering, element, event.kind);
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
  return { ...base, elementType: 'startEvent', event, ...(formKey ? { formKey } : {}), ...(starters ? { starters } : {}) };
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
  return { ...base, elementType: 'boundaryEvent', event, attachedToId: attachedTo.id, isInterrupting, ...personFields(lowering, base) };
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
  const definitions = elementsIn(element, 'eventDefinitions');
  const [definition, ...more] = definitions;
  if (more.length > 0) {
    lowering.report(idOf(element), 'unsupported-element', {
      en: `${wordOf(element)} with several event definitions is not supported. Use one event for each.`,
      zh: `暂不支持含多个事件定义的 ${wordOf(element)}，请拆分为多个事件。`,
    });
    return null;
  }
  if (!definition) return { kind: 'none' };
  if (!checkElement({ ...withId(definition, element) }, lowering.report)) return null;
  switch (wordOf(definition)) {
    case 'terminateEventDefinition':
      return { kind: 'terminate' };
    case 'timerEventDefinition':
      return timerOf(lowering, element, definition, properties);
    case 'messageEventDefinition':
      return messageEventOf(lowering, element, definition);
    case 'signalEventDefinition':
      return signalOf(lowering, element, definition);
    case 'errorEventDefinition':
      return errorOf(lowering, element, definition);
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

function timerOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement, properties: Properties): EventDefinition | null {
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

function messageEventOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): EventDefinition | null {
  const { messageName, ...rest } = messageOf(lowering, element, definition);
  const job = textAt(extensionOf(element, 'zeebe:TaskDefinition'), 'type');
  const jobType = textOrFeel(job, placeOf(lowering, element, 'the job type'));
  if (messageName === undefined && jobType === undefined) {
    reportMissingMessage(lowering, element);
    return null;
  }
  return { kind: 'message', messageName: messageName ?? '""', ...rest, ...(jobType === undefined ? {} : { jobType }) };
}

function signalOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): EventDefinition | null {
  const signal = elementAt(definition, 'signalRef');
  const signalName = textOrFeel(textAt(signal, 'name') ?? signal?.id, placeOf(lowering, element, 'the name of the signal'));
  if (signalName !== undefined) return { kind: 'signal', signalName };
  lowering.report(idOf(element), 'signal-named', {
    en: 'It has no signal. Choose a signal with a name.',
    zh: '未指定信号，请选择有名称的信号。',
  });
  return null;
}

function errorOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): EventDefinition | null {
  const error = elementAt(definition, 'errorRef');
  const errorCode = textOrFeel(textAt(error, 'errorCode'), placeOf(lowering, element, 'the error code'));
  // A boundary event without a code catches every error; a throwing one must say which.
  if (errorCode !== undefined) return { kind: 'error', errorCode };
  if (wordOf(element) === 'boundaryEvent' && !error) return { kind: 'error' };
  lowering.report(idOf(element), 'error-coded', {
    en: error ? `The error "${error.id}" has no errorCode. Give it one.` : 'It throws no error. Choose an error with an errorCode.',
    zh: error ? `错误“${error.id}”没有错误代码，请填写。` : '未指定错误，请选择有错误代码的错误。',
  });
  return null;
}

function linkOf(lowering: Lowering, element: ModdleElement, definition: ModdleElement): EventDefinition | null {
  const linkName = textAt(definition, 'name');
  if (linkName !== undefined) return { kind: 'link', linkName };
  lowering.report(idOf(element), 'link-named', {
    en: 'The link has no name. Give both ends the same one.',
    zh: '链接没有名称，请为两端填写同一名称。',
  });
  return null;
}
