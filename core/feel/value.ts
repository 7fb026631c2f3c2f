/** The values of FEEL (DMN 1.5, 10.3.2). JSON is among them as it is; what JSON has no type for is an object of a class. */
import { type FeelNumber, isNumber } from './number.ts';
import type { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from './temporal.ts';
import { isTemporal, type Temporal } from './temporal-text.ts';
import type { FeelType } from './type.ts';

export type Value = null | boolean | string | FeelNumber | Temporal | FeelRange | FeelFunction | readonly Value[] | FeelContext;

export interface FeelContext {
  readonly [name: string]: Value;
}

export interface Parameter {
  readonly name: string;
  readonly type?: FeelType;
}

/** What can be called. Built-in functions read their arguments themselves: they have several forms. */
export class FeelFunction {
  readonly parameters: readonly Parameter[];
  readonly call: (values: readonly Value[], run: Run) => Value;
  readonly result: FeelType | undefined;

  constructor(parameters: readonly Parameter[], call: (values: readonly Value[], run: Run) => Value, result?: FeelType) {
    this.parameters = parameters;
    this.call = call;
    this.result = result;
  }
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** JSON objects come from parsers and functions; whatever has a class of its own is something else. */
export function isContext(value: Value): value is FeelContext {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The names of the types in FEEL. */
export type Kind =
  | 'null'
  | 'boolean'
  | 'string'
  | 'number'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'list'
  | 'context'
  | 'function'
  | 'range';

export function kindOf(value: Value): Kind {
  if (value === null) return 'null';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value as 'string' | 'boolean';
  if (isNumber(value)) return 'number';
  if (isList(value)) return 'list';
  if (isTemporal(value)) return temporalKind(value);
  if (value instanceof FeelFunction) return 'function';
  return isContext(value) ? 'context' : 'range';
}

function temporalKind(value: Temporal): Kind {
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDateTime) return 'date and time';
  return value instanceof DaysDuration ? 'days and time duration' : 'years and months duration';
}

export const isDuration = (value: Value): value is DaysDuration | MonthsDuration =>
  value instanceof DaysDuration || value instanceof MonthsDuration;
