/**
 * BPMN's own data flow as variables (BPMN 2.0, 10.4): a data object or property is the variable of its name, an association with a data input
 * or output is a mapping. Where a modeler gave a name that no expression could read, the id stands for it.
 */
import { bodyOf, expressionOf } from './expressions.ts';
import type { Feel, Mapping } from './graph.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { elementAt, elementsIn, idOf, type ModdleElement, textAt } from './moddle.ts';

/** The variable that an item stands for. */
export function variableOf(item: ModdleElement | undefined): string | undefined {
  if (!item) return undefined;
  const object = elementAt(item, 'dataObjectRef');
  const names = [textAt(object, 'name'), textAt(item, 'name'), object?.id, item.id];
  return names.find((name) => name !== undefined && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name));
}

export interface DataFlow {
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  /** Variables of its own. */
  readonly locals: readonly string[];
}

export function dataFlowOf(lowering: Lowering, element: ModdleElement): DataFlow {
  const objects = elementsIn(element, 'flowElements').filter(({ $type }) => $type === 'bpmn:DataObject');
  return {
    inputs: elementsIn(element, 'dataInputAssociations').flatMap((association) => mappingsOf(lowering, element, association)),
    outputs: elementsIn(element, 'dataOutputAssociations').flatMap((association) => mappingsOf(lowering, element, association)),
    locals: [...elementsIn(element, 'properties'), ...objects].flatMap((item) => variableOf(item) ?? []),
  };
}

/** A loop reads the collection from where its data input is filled, and writes it where its data output goes (BPMN 2.0, 13.3.7). */
export interface LoopData {
  readonly inputCollection?: Feel;
  readonly inputElement?: string;
  readonly outputCollection?: string;
  readonly outputElement?: Feel;
  /** Mappings that are the loop's and not its instances'. */
  readonly taken: ReadonlySet<string>;
}

export function loopDataOf(loop: ModdleElement, { inputs, outputs }: DataFlow): LoopData {
  const [list, item] = [variableOf(elementAt(loop, 'loopDataInputRef')), variableOf(elementAt(loop, 'inputDataItem'))];
  const [results, result] = [variableOf(elementAt(loop, 'loopDataOutputRef')), variableOf(elementAt(loop, 'outputDataItem'))];
  const filled = inputs.find(({ target }) => target === list);
  const goesTo = outputs.find(({ source }) => source === results);
  const given = outputs.find(({ target }) => target === result);
  const taken = [filled?.target, goesTo?.target, given?.target].filter((target) => target !== undefined);
  return {
    ...(list === undefined ? {} : { inputCollection: filled?.source ?? list }),
    ...(item === undefined ? {} : { inputElement: item }),
    ...(results === undefined || result === undefined
      ? {}
      : { outputCollection: goesTo?.target ?? results, outputElement: given?.source ?? result }),
    taken: new Set(taken),
  };
}

function mappingsOf(lowering: Lowering, owner: ModdleElement, association: ModdleElement): readonly Mapping[] {
  const assignments = elementsIn(association, 'assignment');
  if (assignments.length > 0) return assignments.flatMap((assignment) => assigned(lowering, owner, assignment));
  const target = variableOf(elementAt(association, 'targetRef'));
  const place = placeOf(lowering, owner, 'the data association');
  const transformation = expressionOf(bodyOf(association, 'transformation', place), place);
  const source = transformation ?? variableOf(elementsIn(association, 'sourceRef')[0]);
  // What has one name on both sides is one variable already.
  if (target === undefined || source === undefined || source === target) return [];
  return [{ source, target }];
}

function assigned(lowering: Lowering, owner: ModdleElement, assignment: ModdleElement): readonly Mapping[] {
  const place = placeOf(lowering, owner, 'the assignment');
  const source = expressionOf(bodyOf(assignment, 'from', place), place);
  const target = bodyOf(assignment, 'to', place)?.replace(/^=/, '').trim();
  if (source !== undefined && target !== undefined && /^[^\s.=]+(\.[^\s.=]+)*$/.test(target)) return [{ source, target }];
  lowering.report(idOf(owner), 'mapping-target', {
    en: 'An assignment of a data association needs an expression to read from and a variable to write to.',
    zh: '数据关联的赋值须有来源表达式与目标变量。',
  });
  return [];
}
