/**
 * FEEL → functions (DMN 1.5, chapter 10), once for each source. They are asked as often as wanted and read nothing but their scope and their
 * run: no clock, no locale. An operation without an answer gives null and tells the run why.
 */
import { type ArithmeticOperator, calculate } from './arithmetic.ts';
import { isAsked, markAskedFor, markPath } from './asked-for.ts';
import type { Code, Inner, Test } from './code.ts';
import { readCall } from './compile-call.ts';
import { readComparison } from './compile-comparison.ts';
import { readFilter, readFor, readQuantified } from './compile-iteration.ts';
import { readRange } from './compile-range.ts';
import { readUnaryTests } from './compile-tests.ts';
import { readTypeNode, type Types } from './compile-type.ts';
import { builtIn } from './functions/built-in.ts';
import { temporalOf } from './functions/temporals.ts';
import { isNumber, negate, parseNumber } from './number.ts';
import { propertyOf } from './property.ts';
import { Run } from './run.ts';
import { EMPTY_SHAPE, memberOf, normalName, Scope, type Shape } from './scope.ts';
import { DaysDuration, MonthsDuration } from './temporal.ts';
import { childAt, type FeelNode, faultIn, faultWords, nameOf, onlyChild, parseFeel } from './tree.ts';
import { coerce, type FeelType, isInstance } from './type.ts';
import { FeelFunction, isContext, isList, kindOf, type Parameter, type Value } from './value.ts';

export interface Surroundings {
  /** Names in scope that are not single words. */
  readonly shape?: Shape;
  /** Types by name, beside those of FEEL. */
  readonly types?: Types;
  /** A column of a table asks for a member: its cells say what follows where there is none. */
  readonly isAskedFor?: boolean;
}

export type Compiled<T> = { readonly ok: true; readonly code: T } | { readonly ok: false; readonly message: string };

export const SOURCE_LENGTH_MAX = 10_000;

export function compileExpression(
  source: string,
  { shape = EMPTY_SHAPE, types = {}, isAskedFor = false }: Surroundings = {},
): Compiled<Code> {
  if (source.trim() === '') return { ok: false, message: 'The expression is empty.' };
  return read(source, 'Expression', shape, (root) => {
    const node = onlyChild(root);
    if (isAskedFor) markPath(node);
    return readNode(node, types);
  });
}

export function compileTests(source: string, { shape = EMPTY_SHAPE, types = {} }: Surroundings = {}): Compiled<Test> {
  if (source.trim() === '' || source.trim() === '-') return { ok: true, code: () => true };
  return read(source, 'UnaryTests', shape, (root) => readUnaryTests(root, (node) => readNode(node, types)));
}

function read<T>(source: string, top: 'Expression' | 'UnaryTests', shape: Shape, make: (root: FeelNode) => T): Compiled<T> {
  if (source.length > SOURCE_LENGTH_MAX) return { ok: false, message: `The expression is longer than ${SOURCE_LENGTH_MAX} characters.` };
  const root = parseFeel(source, top, shape);
  const fault = faultIn(root);
  return fault ? { ok: false, message: faultWords(source, fault) } : { ok: true, code: make(root) };
}

function readNode(node: FeelNode, types: Types): Code {
  const inner = (child: FeelNode): Code => readNode(child, types);
  markAskedFor(node);
  switch (node.name) {
    case 'null':
      return () => null;
    case 'BooleanLiteral':
      return constant(node.text === 'true');
    case 'NumericLiteral':
      return constant(parseNumber(node.text.replace(/\s/g, '')));
    case 'StringLiteral':
      return constant(unescaped(node.text.slice(1, -1)));
    case 'DateTimeLiteral':
      return readDateTime(node, types);
    case '?':
      return (scope) => scope.find('?') ?? null;
    case 'VariableName':
      return readName(nameOf(node));
    case 'PathExpression':
      return readPath(inner(childAt(node, 0)), nameOf(childAt(node, 2)), isAsked(node));
    case 'ParenthesizedExpression':
      return inner(childAt(node, 1));
    case 'ArithmeticExpression':
      return readArithmetic(node, inner);
    case 'Comparison':
      return readComparison(node, inner);
    case 'Conjunction':
    case 'Disjunction':
      return readLogic(node, inner);
    case 'IfExpression':
      return readIf(node, inner);
    case 'List':
      return readList(node.children.filter(({ name }) => name !== '[' && name !== ']').map(inner));
    case 'Context':
      return readContext(node, inner);
    case 'SimplePositiveUnaryTest':
      return readRange(node, inner);
    case 'InstanceOfExpression':
      return readInstanceOf(inner(childAt(node, 0)), readTypeNode(childAt(node, 3), types));
    case 'FunctionDefinition':
      return readFunction(node, types);
    case 'FunctionInvocation':
      return readCall(node, inner);
    case 'FilterExpression':
      return readFilter(node, inner);
    case 'ForExpression':
      return readFor(node, inner);
    case 'QuantifiedExpression':
      return readQuantified(node, inner);
    case 'SpecialFunctionName':
      return readName(nameOf(node));
    default:
      return (_, run) => run.warn('UNSUPPORTED', `"${node.text}" is not supported.`);
  }
}

const constant =
  (value: Value): Code =>
  () =>
    value;

/** `\u` takes four hexadecimal digits, `\U` six. What is no escape stays as it is. */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(["'\\nrt]))/g, (whole, four?: string, six?: string, sign?: string) => {
        const point = four ?? six;
        if (point === undefined) return ESCAPES[sign ?? ''] ?? sign ?? whole;
        const code = Number.parseInt(point, 16);
        return code > 0x10ffff ? whole : four === undefined ? String.fromCodePoint(code) : String.fromCharCode(code);
      })
    : text;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A text in the source is read once. */
function readDateTime(node: FeelNode, types: Types): Code {
  const [first] = node.children;
  if (first?.name === 'AtLiteral') {
    const value = temporalOf(unescaped(onlyChild(first).text.slice(1, -1)));
    return value === null ? (_, run) => run.warn('INVALID_ARGUMENTS', `${node.text} is no date, time or duration.`) : constant(value);
  }
  const code = readCall(node, (child) => readNode(child, types));
  if (!node.children.every((child) => child.name !== 'PositionalParameters' || child.children.every(({ name }) => /Literal$/.test(name))))
    return code;
  const trial = new Run({ at: '1970-01-01T00:00:00Z', zone: 'UTC' });
  const value = code(new Scope({}), trial);
  return trial.warnings.length === 0 ? constant(value) : code;
}

function readName(name: string): Code {
  const normal = normalName(name);
  return (scope, run) => {
    const value = scope.find(normal);
    return value === undefined ? (builtIn(name) ?? run.warn('NO_VARIABLE_FOUND', `There is no variable "${name}".`)) : value;
  };
}

/** `isAskedFor`: whether there is such a member is what the expression wants to know. */
function readPath(target: Code, name: string, isAskedFor: boolean): Code {
  const normal = normalName(name);
  const member = (value: Value, run: Run): Value => {
    if (value === null) return isAskedFor ? null : run.warn('NO_CONTEXT_ENTRY_FOUND', `Null has no entry "${name}".`);
    const found = isContext(value) ? memberOf(value, normal) : propertyOf(value, normal);
    if (found !== undefined) return found;
    if (isAskedFor) return null;
    return isContext(value)
      ? run.warn('NO_CONTEXT_ENTRY_FOUND', `There is no entry "${name}".`)
      : run.warn('NO_PROPERTY_FOUND', `A ${kindOf(value)} has no property "${name}".`);
  };
  return (scope, run) => {
    const value = target(scope, run);
    if (!isList(value)) return member(value, run);
    run.handle(value.length);
    return value.map((item) => member(item, run));
  };
}

function readArithmetic(node: FeelNode, inner: Inner): Code {
  if (node.children.length === 2) {
    const operand = inner(childAt(node, 1));
    return (scope, run) => {
      const value = operand(scope, run);
      if (isNumber(value)) return negate(value);
      if (value instanceof DaysDuration) return new DaysDuration(-value.nanos);
      if (value instanceof MonthsDuration) return new MonthsDuration(-value.months || 0);
      return run.warn('INVALID_TYPE', `A ${kindOf(value)} cannot be negated.`);
    };
  }
  const [left, right] = [inner(childAt(node, 0)), inner(childAt(node, 2))];
  const written = childAt(node, 1).text;
  // The grammar takes `^` too, which is not FEEL.
  if (!['+', '-', '*', '/', '**'].includes(written)) return (_, run) => run.warn('UNSUPPORTED', `"${written}" is no operator of FEEL.`);
  const operator = written as ArithmeticOperator;
  return (scope, run) => {
    const [a, b] = [left(scope, run), right(scope, run)];
    const value = calculate(operator, a, b);
    if (value === undefined) return run.warn('INVALID_TYPE', `A ${kindOf(a)} and a ${kindOf(b)} have no "${operator}".`);
    return value ?? run.warn('FUNCTION_INVOCATION_FAILURE', `"${node.text}" has no value.`);
  };
}

function readLogic(node: FeelNode, inner: Inner): Code {
  const [left, right] = [inner(childAt(node, 0)), inner(childAt(node, 2))];
  const decides = node.name === 'Disjunction';
  return (scope, run) => {
    const a = left(scope, run);
    if (a === decides) return decides;
    const b = right(scope, run);
    if (b === decides) return decides;
    if (a === !decides && b === !decides) return !decides;
    const wrong = [a, b].find((value) => value !== null && typeof value !== 'boolean');
    return wrong === undefined ? null : run.warn('INVALID_TYPE', `"${node.text}" takes truths, not a ${kindOf(wrong)}.`);
  };
}

function readIf(node: FeelNode, inner: Inner): Code {
  const [condition, yes, no] = [inner(childAt(node, 1)), inner(childAt(node, 3)), inner(childAt(node, 5))];
  return (scope, run) => {
    const holds = condition(scope, run);
    if (holds !== null && typeof holds !== 'boolean') run.warn('INVALID_TYPE', `The condition of "${node.text}" is a ${kindOf(holds)}.`);
    return (holds === true ? yes : no)(scope, run);
  };
}

const readList =
  (items: readonly Code[]): Code =>
  (scope, run) =>
    items.map((item) => item(scope, run));

/** An entry sees those before it. */
function readContext(node: FeelNode, inner: Inner): Code {
  const entries = node.children
    .filter(({ name }) => name === 'ContextEntry')
    .map((entry) => {
      const key = onlyChild(childAt(entry, 0));
      return { name: key.name === 'StringLiteral' ? unescaped(key.text.slice(1, -1)) : nameOf(key), value: inner(childAt(entry, 1)) };
    });
  const isTwice = new Set(entries.map(({ name }) => name)).size < entries.length;
  if (isTwice) return (_, run) => run.warn('INVALID_ARGUMENTS', `"${node.text}" has an entry twice.`);
  return (scope, run) => {
    const context: Record<string, Value> = {};
    const within = new Scope(context, scope);
    for (const { name, value } of entries) put(context, name, value(within, run));
    return context;
  };
}

/** As JSON does, so that a member may have any name. */
function put(context: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') Object.defineProperty(context, name, { value, enumerable: true, configurable: true, writable: true });
  else context[name] = value;
}

function readInstanceOf(target: Code, type: FeelType | null): Code {
  return (scope, run) => {
    const value = target(scope, run);
    return type ? isInstance(value, type) : run.warn('INVALID_TYPE', 'The type after "instance of" is not known.');
  };
}

function readFunction(node: FeelNode, types: Types): Code {
  if (node.children.some(({ name }) => name === 'external'))
    return (_, run) => run.warn('UNSUPPORTED', 'Functions of other languages are not supported.');
  const formal = node.children.find(({ name }) => name === 'FormalParameters')?.children ?? [];
  const parameters: readonly Parameter[] = formal.map((parameter) => {
    const typeNode = parameter.children.find(({ name }) => name === 'Type');
    const type = typeNode && readTypeNode(typeNode, types);
    return { name: nameOf(childAt(parameter, 0)), ...(type ? { type } : {}) };
  });
  const body = node.children.find(({ name }) => name === 'FunctionBody');
  if (!body) throw new Error(`"${node.text}" has no body.`);
  const code = readNode(onlyChild(body), types);
  return (scope) => functionOf(parameters, scope, code);
}

/** A function with named parameters, whose body sees them and what was around it. */
export function functionOf(parameters: readonly Parameter[], scope: Scope, body: Code, result?: FeelType): FeelFunction {
  return new FeelFunction(
    parameters,
    (values, run) => {
      if (values.length !== parameters.length)
        return run.warn('INVALID_ARGUMENTS', `The function takes ${parameters.length} values, not ${values.length}.`);
      for (const value of values) if (isList(value)) run.handle(value.length);
      const names: Record<string, Value> = {};
      for (const [index, { name, type }] of parameters.entries()) {
        const value = type ? coerce(values[index] ?? null, type, satisfiesIn(run)) : (values[index] ?? null);
        if (value === undefined) return run.warn('INVALID_ARGUMENTS', `The value for "${name}" is of another type.`);
        put(names, name, value);
      }
      run.iterate();
      const value = run.within(() => body(new Scope(names, scope), run));
      const fitting = result ? coerce(value, result, satisfiesIn(run)) : value;
      return fitting === undefined ? run.warn('INVALID_TYPE', 'The function gives a value of another type.') : fitting;
    },
    result,
  );
}

/** Of allowed values, which are unary tests. */
export const satisfiesIn =
  (run: Run) =>
  (source: string, value: Value): boolean => {
    const tests = compileTests(source);
    return tests.ok && run.quietly(() => tests.code(value, new Scope({}), run)) === true;
  };
