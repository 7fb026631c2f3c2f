/** Every text of a decision with the names that are in scope where it stands, and its tree. */
import { EMPTY_SHAPE, mergeShapes, type Shape } from '#core/feel/scope.ts';
import { type FeelNode, faultIn, faultWords, parseFeel } from '#core/feel/tree.ts';
import { ANY, type FeelType } from '#core/feel/type.ts';
import type { CompiledDecision, Logic } from './compiled.ts';
import { elementOf, inferType, type Names } from './infer-type.ts';
import { shapeOfType } from './read-text.ts';

export interface DecisionText {
  /** The rule or column that it is in, else the decision. */
  readonly elementId: string;
  readonly source: string;
  readonly kind: 'expression' | 'test';
  readonly tree: FeelNode;
  readonly fault: string | null;
  /** Names in scope with their types, as far as they are said. */
  readonly names: ReadonlyMap<string, FeelType>;
  /** Members of items that nothing is known of are in scope as well. */
  readonly isOpen?: true;
}

export function textsOf(decision: CompiledDecision, decisions: Readonly<Record<string, CompiledDecision>>): readonly DecisionText[] {
  const { logic } = decision;
  // That there is nothing was said already.
  if (logic.kind === 'literal' && logic.expression === '') return [];
  return textsIn(logic, namesFor(decision, decisions), decision.id);
}

function namesFor(decision: CompiledDecision, decisions: Readonly<Record<string, CompiledDecision>>): Names {
  const names = new Map<string, FeelType>();
  for (const { name, type, from } of decision.inputs ?? []) names.set(from ?? name, from === undefined ? (type ?? ANY) : ANY);
  for (const key of decision.requires) {
    const required = decisions[key];
    const from = decision.imported?.[key];
    if (from) names.set(from, ANY);
    else for (const name of [key, required?.variable ?? key]) names.set(name, required?.type ?? ANY);
  }
  // Without input data a model reads what its process holds: an item definition by the name of a variable says what that is.
  if (decision.inputs === undefined && decision.element === undefined)
    for (const [name, type] of Object.entries(decision.types ?? {})) if (!names.has(name)) names.set(name, type);
  if (decision.element === 'businessKnowledgeModel') names.set(decision.variable ?? decision.id, ANY);
  return names;
}

function textsIn(logic: Logic, names: Names, elementId: string): readonly DecisionText[] {
  const inner = (part: Logic, more: readonly (readonly [string, FeelType | undefined])[] = []): readonly DecisionText[] =>
    textsIn(part, new Map([...names, ...more.map(([name, type]) => [name, type ?? ANY] as const)]), elementId);
  const expression = (source: string, at = elementId): readonly DecisionText[] =>
    source === '' ? [] : [textOf(source, 'expression', names, at)];
  switch (logic.kind) {
    case 'literal':
      return [textOf(logic.expression, 'expression', names, elementId)];
    case 'table':
      return [
        ...logic.inputs.flatMap((input) => [
          textOf(input.expression, 'expression', names, input.id),
          ...(input.allowed === undefined ? [] : [textOf(input.allowed, 'test', names, input.id)]),
        ]),
        ...logic.outputs.flatMap((output) =>
          [...(output.values ?? []), output.default ?? ''].flatMap((source) => expression(source, output.id)),
        ),
        ...logic.rules.flatMap((rule) => [
          ...rule.tests.filter((source) => source !== '' && source !== '-').map((source) => textOf(source, 'test', names, rule.id)),
          ...rule.results.flatMap((source) => expression(source, rule.id)),
        ]),
      ];
    case 'context': {
      const before: [string, FeelType | undefined][] = [];
      const texts: DecisionText[] = [];
      for (const { name, type, value } of logic.entries) {
        texts.push(...inner(value, before));
        before.push([
          name,
          type ?? value.type ?? inferred(value, new Map([...names, ...before.map(([key, known]) => [key, known ?? ANY] as const)])),
        ]);
      }
      return [...texts, ...(logic.result ? inner(logic.result, before) : [])];
    }
    case 'list':
      return logic.items.flatMap((item) => inner(item));
    case 'relation':
      return logic.rows.flat().flatMap((cell) => inner(cell));
    case 'function':
      return inner(
        logic.body,
        logic.parameters.map(({ name, type }) => [name, type]),
      );
    case 'invocation':
      return [...inner(logic.called), ...logic.bindings.flatMap(({ value }) => inner(value))];
    case 'conditional':
      return [logic.condition, logic.yes, logic.no].flatMap((part) => inner(part));
    case 'filter': {
      const members =
        logic.list.type?.kind === 'list' && logic.list.type.element.kind === 'context' ? logic.list.type.element.members : null;
      const match = inner(logic.match, [['item', itemType(logic.list, names)], ...(members ? Object.entries(members) : [])]);
      return [...inner(logic.list), ...match.map((text) => (members ? text : { ...text, isOpen: true as const }))];
    }
    case 'for':
    case 'some':
    case 'every':
      return [
        ...inner(logic.list),
        ...inner(logic.body, [
          [logic.variable, itemType(logic.list, names)],
          ...(logic.kind === 'for' ? [['partial', undefined] as const] : []),
        ]),
      ];
    case 'service':
      return [];
  }
}

const itemType = (list: Logic, names: Names): FeelType | undefined => elementOf(list.type ?? inferred(list, names));

const inferred = (logic: Logic, names: Names): FeelType | undefined =>
  logic.kind === 'literal' ? inferType(textOf(logic.expression, 'expression', names, '').tree.children[0] ?? NOTHING, names) : undefined;

const NOTHING: FeelNode = { name: 'null', from: 0, to: 0, text: '', children: [] };

function textOf(source: string, kind: DecisionText['kind'], names: Names, elementId: string): DecisionText {
  let shape: Shape = EMPTY_SHAPE;
  for (const [name, type] of names) shape = mergeShapes(shape, { [name]: shapeOfType(type) });
  const tree = parseFeel(source, kind === 'test' ? 'UnaryTests' : 'Expression', shape);
  const broken = source === '' ? null : faultIn(tree);
  return { elementId, source, kind, tree, names, fault: source === '' ? 'The expression is empty.' : broken && faultWords(source, broken) };
}
