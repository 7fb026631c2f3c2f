/** What lowering needs to know about the file around an element, and the parts that all elements share. */

import { expressionOf, type Place, textOrFeel } from './expressions.ts';
import type { GraphElement, Mapping } from './graph.ts';
import { dataFlowOf, loopDataOf } from './lower-data.ts';
import { elementAt, elementsIn, extensionOf, idOf, type ModdleElement, textAt } from './moddle.ts';
import { localizedName, type Properties, phaseOf, readProperties } from './properties.ts';
import type { Report } from './report.ts';

export interface Lowering {
  readonly report: Report;
  readonly definitions: ModdleElement;
  readonly elements: Record<string, GraphElement>;
  readonly flows: Record<string, import('./graph.ts').SequenceFlow>;
  /** Flow node id → ids of the sequence flows into it and out of it, in the order of the file. */
  readonly incoming: ReadonlyMap<string, readonly string[]>;
  readonly outgoing: ReadonlyMap<string, readonly string[]>;
  /** Activity id → its boundary events. */
  readonly boundaries: ReadonlyMap<string, readonly string[]>;
  /** Boundary event id → the activity that its association leads to. */
  readonly handlers: ReadonlyMap<string, string>;
  /** Flow node id → the message flow that begins or ends there. */
  readonly messageFlows: ReadonlyMap<string, ModdleElement>;
}

export interface Scope {
  readonly processId: string;
  readonly parentId: string | null;
}

export const placeOf = ({ report }: Lowering, element: ModdleElement, what: string): Place => ({ elementId: idOf(element), what, report });

export function baseOf(lowering: Lowering, element: ModdleElement, scope: Scope) {
  const id = element.id ?? '';
  const properties = readProperties(element, lowering.report);
  const phase = phaseOf(id, properties, lowering.report);
  const mapping = extensionOf(element, 'zeebe:IoMapping');
  const data = dataFlowOf(lowering, element);
  const loop = elementAt(element, 'loopCharacteristics');
  const taken = loop ? loopDataOf(loop, data).taken : new Set<string>();
  const ofInstances = ({ target }: Mapping): boolean => !taken.has(target);
  return {
    id,
    name: localizedName(element, properties),
    processId: scope.processId,
    parentId: scope.parentId,
    incoming: lowering.incoming.get(id) ?? [],
    outgoing: lowering.outgoing.get(id) ?? [],
    ...(phase ? { phase } : {}),
    inputs: [...data.inputs.filter(ofInstances), ...mappingsOf(lowering, element, elementsIn(mapping, 'inputParameters'), 'input')],
    outputs: [...mappingsOf(lowering, element, elementsIn(mapping, 'outputParameters'), 'output'), ...data.outputs.filter(ofInstances)],
    properties,
  };
}

function mappingsOf(
  lowering: Lowering,
  element: ModdleElement,
  parameters: readonly ModdleElement[],
  kind: 'input' | 'output',
): readonly Mapping[] {
  return parameters.flatMap((parameter) => {
    const target = textAt(parameter, 'target');
    if (target === undefined || !/^[^\s.=]+(\.[^\s.=]+)*$/.test(target)) {
      lowering.report(idOf(element), 'mapping-target', {
        en: `The target "${target ?? ''}" of an ${kind} mapping is not a variable name. Name the variable it sets.`,
        zh: `${kind === 'input' ? '输入' : '输出'}映射的目标“${target ?? ''}”不是变量名，请填写变量名。`,
      });
      return [];
    }
    // Without a source the variable is there and null, as in Zeebe.
    const source = textOrFeel(textAt(parameter, 'source'), placeOf(lowering, element, `the ${kind} mapping of "${target}"`));
    return [{ source: source ?? 'null', target }];
  });
}

/** FEEL of a `bihuan:*` property; `=` starts an expression as in Zeebe's attributes. */
export const propertyValue = (lowering: Lowering, element: ModdleElement, properties: Properties, name: string) =>
  textOrFeel(properties[name]?.trim() || undefined, placeOf(lowering, element, name));

export const propertyExpression = (lowering: Lowering, element: ModdleElement, properties: Properties, name: string) =>
  expressionOf(properties[name]?.trim() || undefined, placeOf(lowering, element, name));

export const clockFields = (lowering: Lowering, element: ModdleElement, properties: Properties, clockName: string) => {
  const calendarOf = propertyValue(lowering, element, properties, 'bihuan:calendarOf');
  const clock = propertyValue(lowering, element, properties, clockName) ?? '"elapsed"';
  if (clock.startsWith('"') && clock !== '"elapsed"' && clock !== '"working"') {
    lowering.report(idOf(element), 'property-value', {
      en: `${clockName} is ${clock}. It must be working, elapsed, or FEEL that gives one of them.`,
      zh: `${clockName} 的值 ${clock} 无效，应为 working、elapsed，或返回二者之一的 FEEL。`,
    });
  }
  return { clock, ...(calendarOf === undefined ? {} : { calendarOf }) };
};

/** What a message is called: by its definition, or by the message flow that is drawn to or from the element. */
export function messageOf(lowering: Lowering, element: ModdleElement, owner: ModdleElement) {
  const flow = lowering.messageFlows.get(element.id ?? '');
  const message = elementAt(owner, 'messageRef') ?? elementAt(flow, 'messageRef');
  const name = textAt(message, 'name') ?? message?.id ?? textAt(flow, 'name') ?? flow?.id;
  const messageName = textOrFeel(name, placeOf(lowering, element, 'the name of the message'));
  const key = textAt(extensionOf(message, 'zeebe:Subscription'), 'correlationKey');
  const correlationKey = expressionOf(key, placeOf(lowering, element, 'the correlation key of the message'));
  return { messageName, ...(correlationKey === undefined ? {} : { correlationKey }) };
}

export function reportMissingMessage({ report }: Lowering, element: ModdleElement): void {
  report(idOf(element), 'message-named', {
    en: 'It has no message. Choose a message with a name, or draw a message flow to it.',
    zh: '未指定消息，请选择有名称的消息，或画一条消息流。',
  });
}
