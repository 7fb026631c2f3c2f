/** Activities: tasks, sub-processes, call activities, and their multi-instance loops. */
import { checkElement, refuseType } from './check-vocabulary.ts';
import { bodyOf, expressionOf, numberOrFeel, type Place, textOrFeel } from './expressions.ts';
import type { Activity, GraphElement, MultiInstance, MultiInstanceBehavior, StandardLoop, WorkTask } from './graph.ts';
import { lowerContainer } from './lower-container.ts';
import { dataFlowOf, loopDataOf } from './lower-data.ts';
import { singleEventOf } from './lower-event.ts';
import { lowerUserTask } from './lower-user-task.ts';
import { workOf } from './lower-work.ts';
import { baseOf, type Lowering, placeOf, type Scope } from './lowering.ts';
import { elementAt, elementsIn, extensionOf, idOf, type ModdleElement, textAt, wordOf } from './moddle.ts';

export type ActivityFields = ReturnType<typeof activityFields>;

export function lowerActivity(lowering: Lowering, element: ModdleElement, scope: Scope): GraphElement | null {
  const fields = activityFields(lowering, element, scope);
  const word = wordOf(element);
  switch (word) {
    case 'userTask':
      return lowerUserTask(lowering, element, fields);
    case 'callActivity':
      return callActivity(lowering, element, fields);
    case 'subProcess':
    case 'transaction': {
      const elementType = element.triggeredByEvent === true ? 'eventSubProcess' : word;
      return { ...fields, elementType, elementIds: lowerContainer(lowering, element, scopeInside(fields)) };
    }
    case 'adHocSubProcess':
      return adHocSubProcess(lowering, element, fields);
    default: {
      const work = workOf(lowering, element);
      const instantiates = element.instantiate === true ? { instantiates: true as const } : {};
      return work && { ...fields, elementType: word as WorkTask['elementType'], work, ...instantiates };
    }
  }
}

const scopeInside = ({ id, processId }: ActivityFields): Scope => ({ processId, parentId: id });

function adHocSubProcess(lowering: Lowering, element: ModdleElement, fields: ActivityFields): Activity {
  const place = placeOf(lowering, element, 'the completion condition');
  const completionCondition = expressionOf(bodyOf(element, 'completionCondition', place), place);
  const active = textAt(extensionOf(element, 'zeebe:AdHoc'), 'activeElementsCollection');
  const activeElements = expressionOf(active, placeOf(lowering, element, 'the active elements'));
  return {
    ...fields,
    elementType: 'adHocSubProcess',
    elementIds: lowerContainer(lowering, element, scopeInside(fields)),
    ordering: element.ordering === 'Sequential' ? 'sequential' : 'parallel',
    ...(activeElements === undefined ? {} : { activeElements }),
    ...(completionCondition === undefined ? {} : { completionCondition }),
    cancelRemainingInstances: element.cancelRemainingInstances !== false,
  };
}

function activityFields(lowering: Lowering, element: ModdleElement, scope: Scope) {
  const base = baseOf(lowering, element, scope);
  const defaultFlow = elementAt(element, 'default')?.id;
  const isLoop = elementAt(element, 'loopCharacteristics')?.$type === 'bpmn:StandardLoopCharacteristics';
  const loop = isLoop ? standardLoopOf(lowering, element) : undefined;
  const multiInstance = isLoop ? undefined : multiInstanceOf(lowering, element);
  const { locals } = dataFlowOf(lowering, element);
  const [startQuantity, completionQuantity] = [quantityOf(element, 'startQuantity'), quantityOf(element, 'completionQuantity')];
  return {
    ...base,
    boundaryIds: lowering.boundaries.get(base.id) ?? [],
    ...(defaultFlow === undefined ? {} : { defaultFlow }),
    ...(multiInstance ? { multiInstance } : {}),
    ...(loop ? { loop } : {}),
    ...(element.isForCompensation === true ? { isForCompensation: true as const } : {}),
    ...(startQuantity > 1 ? { startQuantity } : {}),
    ...(completionQuantity > 1 ? { completionQuantity } : {}),
    ...(locals.length > 0 ? { locals } : {}),
  };
}

const quantityOf = (element: ModdleElement, property: string): number => {
  const quantity = element[property];
  return typeof quantity === 'number' && Number.isInteger(quantity) ? quantity : 1;
};

function standardLoopOf(lowering: Lowering, element: ModdleElement): StandardLoop {
  const loop = ownedBy(element, elementAt(element, 'loopCharacteristics'));
  checkElement(loop, lowering.report);
  const place = placeOf(lowering, element, 'the loop condition');
  const condition = expressionOf(bodyOf(loop, 'loopCondition', place), place);
  const maximum = loop.loopMaximum;
  const isMaximum = typeof maximum === 'number' && Number.isInteger(maximum) && maximum >= 1;
  if (condition === undefined && !isMaximum) {
    lowering.report(idOf(element), 'loop-ends', {
      en: 'The loop would never end. Give it a loop condition, or a maximum from 1.',
      zh: '循环永不结束，请设置循环条件或不小于 1 的最大次数。',
    });
  }
  return {
    testBefore: loop.testBefore === true,
    ...(condition === undefined ? {} : { condition }),
    ...(isMaximum ? { maximum } : {}),
  };
}

/** What has no id of its own is reported at the element that carries it. */
const ownedBy = (element: ModdleElement, part: ModdleElement | undefined): ModdleElement => ({
  ...part,
  $type: part?.$type ?? '',
  $attrs: part?.$attrs ?? {},
  id: idOf(element),
});

function callActivity(lowering: Lowering, element: ModdleElement, fields: ActivityFields): Activity | null {
  const called = extensionOf(element, 'zeebe:CalledElement');
  const name = textAt(called, 'processId') ?? textAt(called, 'processIdExpression') ?? textAt(element, 'calledElement');
  const calledProcessId = textOrFeel(name, placeOf(lowering, element, 'the called process'));
  if (calledProcessId === undefined) {
    lowering.report(fields.id, 'called-process', {
      en: 'The call activity calls no process. Give the id of the process to call.',
      zh: '调用活动未指定被调用的流程，请填写流程编号。',
    });
    return null;
  }
  return {
    ...fields,
    elementType: 'callActivity',
    calledProcessId,
    propagateAllParentVariables: called?.propagateAllParentVariables !== false,
    // As in Zeebe: everything comes back unless output mappings choose, or it is switched off.
    propagateAllChildVariables:
      called?.propagateAllChildVariables === undefined ? fields.outputs.length === 0 : called.propagateAllChildVariables === true,
  };
}

function multiInstanceOf(lowering: Lowering, element: ModdleElement): MultiInstance | undefined {
  const loop = elementAt(element, 'loopCharacteristics');
  if (!loop) return undefined;
  const owner = ownedBy(element, loop);
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    refuseType(owner, lowering.report);
    return undefined;
  }
  checkElement(owner, lowering.report);
  const place = (what: string): Place => placeOf(lowering, element, what);
  const zeebe = extensionOf(loop, 'zeebe:LoopCharacteristics');
  const data = loopDataOf(loop, dataFlowOf(lowering, element));
  const inputCollection = expressionOf(textAt(zeebe, 'inputCollection'), place('the input collection')) ?? data.inputCollection;
  const cardinalityPlace = place('the loop cardinality');
  const cardinality = cardinalityOf(bodyOf(loop, 'loopCardinality', cardinalityPlace), cardinalityPlace);
  if ((inputCollection === undefined) === (cardinality === undefined)) {
    lowering.report(idOf(element), 'multi-instance-valid', {
      en: 'A multi-instance activity needs either an input collection or a loop cardinality, not both and not neither.',
      zh: '多实例活动须设置输入集合或循环次数，二者必居其一。',
    });
    return undefined;
  }
  const conditionPlace = place('the completion condition');
  const completionCondition = expressionOf(bodyOf(loop, 'completionCondition', conditionPlace), conditionPlace);
  const inputElement = textAt(zeebe, 'inputElement') ?? data.inputElement;
  const outputCollection = textAt(zeebe, 'outputCollection') ?? data.outputCollection;
  const outputElement = expressionOf(textAt(zeebe, 'outputElement'), place('the output element')) ?? data.outputElement;
  const behavior = behaviorOf(lowering, element, loop);
  if ((outputCollection === undefined) !== (outputElement === undefined)) {
    lowering.report(idOf(element), 'multi-instance-valid', {
      en: 'An output collection needs an output element, and the other way round.',
      zh: '输出集合与输出元素必须同时设置。',
    });
  }
  return {
    isSequential: loop.isSequential === true,
    ...(inputCollection === undefined ? { cardinality } : { inputCollection }),
    ...(inputElement === undefined ? {} : { inputElement }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputElement === undefined ? {} : { outputElement }),
    ...(completionCondition === undefined ? {} : { completionCondition }),
    ...(behavior ? { behavior } : {}),
  };
}

function behaviorOf(lowering: Lowering, element: ModdleElement, loop: ModdleElement): MultiInstanceBehavior | undefined {
  const kind = textAt(loop, 'behavior') ?? 'All';
  if (kind === 'All') return undefined;
  if (kind === 'Complex') {
    const definitions = elementsIn(loop, 'complexBehaviorDefinition').flatMap((definition) => {
      const place = placeOf(lowering, element, 'the condition of the complex behaviour');
      const condition = expressionOf(bodyOf(definition, 'condition', place), place);
      const [thrown] = elementsIn(elementAt(definition, 'event'), 'eventDefinitions');
      const event = thrown && singleEventOf(lowering, element, thrown, {});
      return condition === undefined || !event ? [] : [{ condition, event }];
    });
    if (definitions.length > 0) return { kind: 'complex', definitions };
  }
  const reference = elementAt(loop, kind === 'One' ? 'oneBehaviorEventRef' : 'noneBehaviorEventRef');
  const event = reference && kind !== 'Complex' ? singleEventOf(lowering, element, reference, {}) : null;
  if (event) return { kind: kind === 'One' ? 'one' : 'none', event };
  lowering.report(idOf(element), 'multi-instance-valid', {
    en: `The behavior "${kind}" of the multi-instance activity names no event to throw. Name one, or remove the behavior.`,
    zh: `多实例活动的 behavior“${kind}”未指定要抛出的事件，请指定或删除。`,
  });
  return undefined;
}

const cardinalityOf = (text: string | undefined, place: Place): string | undefined =>
  text !== undefined && /^\d+$/.test(text) ? numberOrFeel(text, place) : expressionOf(text, place);

export const innerElements = (element: ModdleElement): readonly ModdleElement[] => elementsIn(element, 'flowElements');
