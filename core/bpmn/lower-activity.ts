/** Activities: tasks, sub-processes, call activities, and their multi-instance loops. */
import { checkElement, refuseType } from './check-vocabulary.ts';
import { bodyOf, expressionOf, numberOrFeel, type Place, textOrFeel } from './expressions.ts';
import type { Activity, GraphElement, MultiInstance, WorkTask } from './graph.ts';
import { lowerContainer } from './lower-container.ts';
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
    case 'subProcess': {
      const elementIds = lowerContainer(lowering, element, { processId: scope.processId, parentId: fields.id });
      return { ...fields, elementType: 'subProcess', elementIds };
    }
    default: {
      const work = workOf(lowering, element);
      return work && { ...fields, elementType: word as WorkTask['elementType'], work };
    }
  }
}

function activityFields(lowering: Lowering, element: ModdleElement, scope: Scope) {
  const base = baseOf(lowering, element, scope);
  const defaultFlow = elementAt(element, 'default')?.id;
  const multiInstance = multiInstanceOf(lowering, element);
  return {
    ...base,
    boundaryIds: lowering.boundaries.get(base.id) ?? [],
    ...(defaultFlow === undefined ? {} : { defaultFlow }),
    ...(multiInstance ? { multiInstance } : {}),
  };
}

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
  const owner = { ...loop, $type: loop.$type, $attrs: loop.$attrs ?? {}, id: idOf(element) };
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    refuseType(owner, lowering.report);
    return undefined;
  }
  checkElement(owner, lowering.report);
  const place = (what: string): Place => placeOf(lowering, element, what);
  const zeebe = extensionOf(loop, 'zeebe:LoopCharacteristics');
  const inputCollection = expressionOf(textAt(zeebe, 'inputCollection'), place('the input collection'));
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
  const [inputElement, outputCollection] = [textAt(zeebe, 'inputElement'), textAt(zeebe, 'outputCollection')];
  const outputElement = expressionOf(textAt(zeebe, 'outputElement'), place('the output element'));
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
  };
}

const cardinalityOf = (text: string | undefined, place: Place): string | undefined =>
  text !== undefined && /^\d+$/.test(text) ? numberOrFeel(text, place) : expressionOf(text, place);

export const innerElements = (element: ModdleElement): readonly ModdleElement[] => elementsIn(element, 'flowElements');
