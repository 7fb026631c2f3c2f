/** How built-in functions say what they take: parameters with readers, in one form or several. What does not fit is null with a warning. */
import { type FeelNumber, isNumber } from '../number.ts';
import { FeelRange } from '../range.ts';
import type { Run } from '../run.ts';
import { FeelDate, FeelDateTime, FeelTime, midnightOf } from '../temporal.ts';
import { type FeelContext, FeelFunction, isContext, isList, type Value } from '../value.ts';
import { itemsIn } from '../weight.ts';

/** Undefined where the value is not of the kind. */
export type Reader<T> = (value: Value) => T | undefined;

export interface FunctionParameter<T> {
  readonly name: string;
  readonly read: Reader<T>;
  readonly isOptional?: true;
  /** Takes all the values that are left. */
  readonly isRest?: true;
}

type ReadValues<P extends readonly FunctionParameter<unknown>[]> = {
  [K in keyof P]: P[K] extends FunctionParameter<infer T> ? T : never;
};

export interface Form {
  readonly parameters: readonly FunctionParameter<unknown>[];
  readonly give: (values: readonly unknown[], run: Run) => Value | undefined;
}

/** `give` returns undefined where its values do not go together. */
export function form<const P extends readonly FunctionParameter<unknown>[]>(
  parameters: P,
  give: (values: ReadValues<P>, run: Run) => Value | undefined,
): Form {
  // The values were read by these very parameters.
  return { parameters, give: give as Form['give'] };
}

export const take = <T>(name: string, read: Reader<T>): FunctionParameter<T> => ({ name, read });
export const mayTake = <T>(name: string, read: Reader<T>): FunctionParameter<T | undefined> => ({ name, read, isOptional: true });
export const takeAll = <T>(name: string, read: Reader<T>): FunctionParameter<readonly T[]> => ({
  name,
  isRest: true,
  read: (values) => readAll(isList(values) ? values : [values], read),
});

function readAll<T>(values: readonly Value[], read: Reader<T>): readonly T[] | undefined {
  const found: T[] = [];
  for (const value of values) {
    const one = read(value);
    if (one === undefined) return undefined;
    found.push(one);
  }
  return found;
}

/** A list of one is its item where no list is expected. */
const single =
  <T extends Value>(is: (value: Value) => value is T): Reader<T> =>
  (value) => {
    if (is(value)) return value;
    const [item = null] = isList(value) && value.length === 1 ? value : [];
    return is(item) ? item : undefined;
  };

export const TEXT = single((value): value is string => typeof value === 'string');
export const NUMBER: Reader<FeelNumber> = single(isNumber);
export const TRUTH = single((value): value is boolean => typeof value === 'boolean');
export const CONTEXT: Reader<FeelContext> = single(isContext);
export const RANGE = single((value): value is FeelRange => value instanceof FeelRange);
export const FUNCTION = single((value): value is FeelFunction => value instanceof FeelFunction);
export const DATE = single((value): value is FeelDate => value instanceof FeelDate);
export const TIME = single((value): value is FeelTime => value instanceof FeelTime);
const exactDateTime = single((value): value is FeelDateTime => value instanceof FeelDateTime);
export const DATE_TIME: Reader<FeelDateTime> = (value) =>
  exactDateTime(value) ?? (value instanceof FeelDate ? midnightOf(value) : undefined);
export const ANY: Reader<Value> = (value) => value;
export const SOMETHING: Reader<Value> = (value) => (value === null ? undefined : value);
/** One value is a list of it. */
export const LIST: Reader<readonly Value[]> = (value) => (isList(value) ? value : value === null ? undefined : [value]);

export const either =
  <A, B>(a: Reader<A>, b: Reader<B>): Reader<A | B> =>
  (value) => {
    const first = a(value);
    return first === undefined ? b(value) : first;
  };

export const orNull =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null ? null : read(value);

export class BuiltIn extends FeelFunction {
  readonly name: string;
  readonly forms: readonly Form[];

  constructor(name: string, forms: readonly Form[]) {
    super(
      (forms[0]?.parameters ?? []).map((parameter) => ({ name: parameter.name })),
      (values, run) => callForms(name, forms, run, (form) => byPosition(form, values)),
    );
    this.name = name;
    this.forms = forms;
  }

  callNamed(values: Readonly<Record<string, Value>>, run: Run): Value {
    return callForms(this.name, this.forms, run, (form) => byName(form, values));
  }
}

/** Null: the form does not take so many, or such names. */
type Arrange = (form: Form) => readonly (Value | undefined)[] | null;

function callForms(name: string, forms: readonly Form[], run: Run, arrange: Arrange): Value {
  for (const { parameters, give } of forms) {
    const arranged = arrange({ parameters, give });
    const values = arranged && readValues(parameters, arranged);
    if (!values) continue;
    for (const value of arranged) if (value !== undefined) run.handle(itemsIn(value));
    const value = give(values, run);
    return value === undefined ? run.warn('FUNCTION_INVOCATION_FAILURE', `${name}(…) has no answer for these values.`) : value;
  }
  return run.warn('INVALID_ARGUMENTS', `${name}(…) does not take these values.`);
}

function readValues(parameters: Form['parameters'], arranged: readonly (Value | undefined)[]): readonly unknown[] | null {
  const values: unknown[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const given = arranged[index];
    const value = given === undefined ? undefined : parameter.read(given);
    if (value === undefined && !(given === undefined && parameter.isOptional)) return null;
    values.push(value);
  }
  return values;
}

function byPosition({ parameters }: Form, values: readonly Value[]): readonly (Value | undefined)[] | null {
  const rest = parameters.findIndex(({ isRest }) => isRest);
  if (rest >= 0) return values.length > rest ? [...values.slice(0, rest), values.slice(rest)] : null;
  return values.length <= parameters.length ? values : null;
}

function byName({ parameters }: Form, values: Readonly<Record<string, Value>>): readonly (Value | undefined)[] | null {
  const names = parameters.map(({ name }) => name);
  return Object.keys(values).every((name) => names.includes(name)) ? names.map((name) => values[name]) : null;
}
