/** Boxed expressions as JSON (DMN 1.5, 7.3 and 8 to 10). What cannot be evaluated is reported, and is null where it stands. */
import type { FeelType } from '#core/feel/type.ts';
import { compileTable } from './compile-table.ts';
import type { Logic } from './compiled.ts';
import { type DmnElement, elementAt, elementsAt, textAt, typeOf } from './read-dmn.ts';
import { literalText, type Reading, typeAtElement } from './reading.ts';

/** Null where there is no logic. */
export function compileLogic(element: DmnElement | undefined, reading: Reading): Logic | null {
  if (!element) return null;
  const type = typeAtElement(element, reading);
  return withType(compileKind(element, reading), type);
}

export const withType = (logic: Logic | null, type: FeelType | undefined): Logic | null =>
  logic && type && type.kind !== 'any' ? { ...logic, type } : logic;

function compileKind(element: DmnElement, reading: Reading): Logic | null {
  const inner = (child: DmnElement | undefined): Logic => compileLogic(child, reading) ?? NOTHING;
  const partValue = (name: string): Logic => inner(elementAt(elementAt(element, name), 'value'));
  switch (typeOf(element)) {
    case 'LiteralExpression':
      return { kind: 'literal', expression: literalText(element, reading) };
    case 'DecisionTable':
      return compileTable(element, reading);
    case 'Context':
      return compileContext(element, reading);
    case 'List':
      return { kind: 'list', items: elementsAt(element, 'elements').map(inner) };
    case 'Relation':
      return compileRelation(element, reading);
    case 'FunctionDefinition':
      return compileFunction(element, reading);
    case 'Invocation':
      return compileInvocation(element, reading);
    case 'Conditional':
      return { kind: 'conditional', condition: partValue('if'), yes: partValue('then'), no: partValue('else') };
    case 'Filter':
      return { kind: 'filter', list: partValue('in'), match: partValue('match') };
    case 'For':
      return { kind: 'for', variable: variableName(element, reading), list: partValue('in'), body: partValue('return') };
    case 'Some':
    case 'Every': {
      const kind = typeOf(element) === 'Some' ? 'some' : 'every';
      return { kind, variable: variableName(element, reading), list: partValue('in'), body: partValue('satisfies') };
    }
    default: {
      const type = typeOf(element);
      reading.report(element.id ?? reading.ownerId, 'decision-unsupported', `Boxed ${type} is not supported.`, `不支持 ${type}。`);
      return null;
    }
  }
}

const NOTHING: Logic = { kind: 'literal', expression: 'null' };

function variableName(element: DmnElement, { report, ownerId }: Reading): string {
  const name = textAt(element, 'iteratorVariable');
  if (name === undefined)
    report(element.id ?? ownerId, 'decision-name', 'An iteration needs the name of its variable.', '迭代须有变量名。');
  return name ?? 'item';
}

function compileContext(element: DmnElement, reading: Reading): Logic {
  const entries: { name: string; type?: FeelType; value: Logic }[] = [];
  let result: Logic | undefined;
  for (const entry of elementsAt(element, 'contextEntry')) {
    const variable = elementAt(entry, 'variable');
    const value = compileLogic(elementAt(entry, 'value'), reading) ?? NOTHING;
    const name = variable?.name?.trim();
    if (!variable || name === undefined) result = value;
    else {
      const type = typeAtElement(variable, reading);
      entries.push({ name, ...(type ? { type } : {}), value });
    }
  }
  const names = entries.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    reading.report(element.id ?? reading.ownerId, 'decision-name', `The context has "${twice}" twice.`, `上下文中“${twice}”重复。`);
  return { kind: 'context', entries, ...(result ? { result } : {}) };
}

function compileRelation(element: DmnElement, reading: Reading): Logic {
  const columns = elementsAt(element, 'column').map((column) => {
    const type = typeAtElement(column, reading);
    return { name: column.name?.trim() ?? '', ...(type ? { type } : {}) };
  });
  const rows = elementsAt(element, 'row').map((row) => elementsAt(row, 'elements').map((cell) => compileLogic(cell, reading) ?? NOTHING));
  if (rows.some((row) => row.length !== columns.length))
    reading.report(
      element.id ?? reading.ownerId,
      'decision-cells',
      'A row does not have one cell for each column.',
      '有一行的单元格数与列数不一致。',
    );
  return { kind: 'relation', columns, rows };
}

export function compileFunction(element: DmnElement, reading: Reading): Logic | null {
  const kind = textAt(element, 'kind');
  if (kind !== undefined && kind !== 'FEEL') {
    reading.report(
      element.id ?? reading.ownerId,
      'decision-unsupported',
      `A function in ${kind} is not supported; write FEEL.`,
      `不支持 ${kind} 函数，请使用 FEEL。`,
    );
    return null;
  }
  const parameters = elementsAt(element, 'formalParameter').map((parameter) => {
    const type = typeAtElement(parameter, reading);
    return { name: parameter.name?.trim() ?? '', ...(type ? { type } : {}) };
  });
  return { kind: 'function', parameters, body: compileLogic(elementAt(element, 'body'), reading) ?? NOTHING };
}

function compileInvocation(element: DmnElement, reading: Reading): Logic {
  const bindings = elementsAt(element, 'binding').map((binding) => ({
    name: elementAt(binding, 'parameter')?.name?.trim() ?? '',
    value: compileLogic(elementAt(binding, 'bindingFormula'), reading) ?? NOTHING,
  }));
  return { kind: 'invocation', called: compileLogic(elementAt(element, 'calledFunction'), reading) ?? NOTHING, bindings };
}
