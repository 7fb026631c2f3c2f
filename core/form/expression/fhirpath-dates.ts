/**
 * Days, moments and times of day of the engine, on the clocks of their own place. The engine counts on the clocks of the process, so that a page and
 * the door would come to different days; here the methods of its classes that read those clocks are replaced. A moment keeps its offset, and
 * one without is of the offset of `now` (https://hl7.org/fhirpath/N1/#datetime-arithmetic, #comparison).
 */
import fhirpath from 'fhirpath';
import { OFFSET } from './rewrite.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Coarse to fine: where a precision stands here, so far a value is known. */
const UNITS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
type Unit = (typeof UNITS)[number] | 'week';

const UNIT_MS = { week: 7 * DAY_MS, day: DAY_MS, hour: 60 * MINUTE_MS, minute: MINUTE_MS, second: 1000, millisecond: 1 } as const;

interface Context {
  readonly vars: Readonly<Record<string, unknown>>;
}

/** As the engine has them: what stands written, and a `Date` of it, which it compares. */
interface Dated {
  readonly ctx: Context;
  readonly asStr: string;
  readonly constructor: new (context: Context, text: string) => Dated;
  _getPrecision(): number;
  _getDateObj(): Date;
  _dateAtPrecision(precision: number): Date;
  equals(other: unknown): boolean | undefined;
  plus(duration: Duration): Dated;
}

interface Decimal {
  toNumber(): number;
}

interface Duration {
  readonly unit: string;
  readonly value: Decimal;
  readonly _fhirQuantityInfo?: { readonly calendarUnit?: string };
  readonly constructor: {
    readonly dateTimeArithmeticDurationUnits: Readonly<Record<string, Unit>>;
    convUnitTo(context: Context, from: string, value: Decimal, to: string): { readonly value: Decimal };
  };
}

interface Written {
  /** Milliseconds on the clock that stands written, as if it were in UTC. */
  readonly wallMs: number;
  /** Null where none is written. */
  readonly offset: string | null;
}

const DATE_TIME = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d)?(?::(\d\d))?(?::(\d\d))?(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/;
const TIME = /^()()()(\d\d)(?::(\d\d))?(?::(\d\d))?(\.\d+)?$/;

/** Once for the process: whoever compiles an expression has asked for it. */
export function countOnOwnClocks(): void {
  replaceIn('@2026-01-01T00:00:00Z', methodsOf(DATE_TIME, 0));
  replaceIn('@T00:00:00', methodsOf(TIME, UNITS.indexOf('hour')));
}

type Methods = ThisType<Dated> & Pick<Dated, '_dateAtPrecision' | 'equals' | 'plus'>;

/** The engine does not export its classes: a literal is of the class. */
function replaceIn(literal: string, methods: Methods): void {
  const [made]: readonly unknown[] = fhirpath.evaluate({}, literal, {}, undefined, { resolveInternalTypes: false });
  const prototype: unknown = Object.getPrototypeOf(made);
  if (!isDated(prototype)) throw new Error('This version of fhirpath has other classes of dates.');
  Object.assign(prototype, methods);
}

/** `coarsest`: the unit that the engine counts as precision 0. */
function methodsOf(pattern: RegExp, coarsest: number): Methods {
  return {
    /** A `Date` of the same moment, cut at a precision on the clock of `now`. */
    _dateAtPrecision(precision) {
      const { wallMs, offset } = readAs(pattern, this.asStr);
      const here = minutesOf(offsetHere(this.ctx)) * MINUTE_MS;
      const instant = wallMs - (offset === null ? here : minutesOf(offset) * MINUTE_MS);
      if (precision >= this._getPrecision()) return new Date(instant);
      return new Date(cut(instant + here, coarsest + precision) - here);
    },

    /** Nothing where one is known less far, and as far as both are known they are the same. */
    equals(other) {
      if (!isDated(other) || !(isKindOf(other, this) || isKindOf(this, other))) return false;
      const [own, others] = [this._getPrecision(), other._getPrecision()];
      const common = Math.min(own, others);
      const isSame = this._dateAtPrecision(common).getTime() === other._dateAtPrecision(common).getTime();
      return isSame && own !== others ? undefined : isSame;
    },

    /** On the clock that stands written: the last of a month stays within the next one, and parts of units above seconds are left out. */
    plus(duration) {
      const finest = coarsest + this._getPrecision();
      const { unit, amount } = addable(this, duration, { coarsest, finest });
      const { wallMs, offset } = readAs(pattern, this.asStr);
      return new this.constructor(this.ctx, write(add(wallMs, unit, amount), { coarsest, finest, offset }));
    },
  };
}

/** In a unit as fine as the value is known, and whole where that is coarser than seconds. */
function addable({ ctx }: Dated, duration: Duration, { coarsest, finest }: Omit<Form, 'offset'>) {
  const { unit: given, value } = duration;
  const named = duration.constructor.dateTimeArithmeticDurationUnits;
  const unit = named[given] ?? named[duration._fhirQuantityInfo?.calendarUnit ?? ''];
  if (!unit) throw new Error(`A date and ${given} cannot be added.`);
  const level = UNITS.indexOf(unit === 'week' ? 'day' : unit);
  if (level < coarsest) throw new Error(`A time of day and ${unit} cannot be added.`);
  const known = UNITS[finest];
  if (level > finest && known !== undefined && known !== 'second')
    return { unit: known, amount: Math.trunc(duration.constructor.convUnitTo(ctx, unit, value, known).value.toNumber()) };
  const amount = value.toNumber();
  return { unit, amount: level >= UNITS.indexOf('second') ? amount : Math.trunc(amount) };
}

const isDated = (value: unknown): value is Dated => typeof value === 'object' && value !== null && '_dateAtPrecision' in value;

const isKindOf = (value: unknown, { constructor: kind }: Dated): boolean => value instanceof kind;

const offsetHere = ({ vars }: Context): string => {
  const offset = vars[OFFSET];
  return typeof offset === 'string' ? offset : 'Z';
};

/** `+08:00` → 480 */
function minutesOf(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return offset.startsWith('-') ? -minutes : minutes;
}

function readAs(pattern: RegExp, text: string): Written {
  const [, year, month, day, hour, minute, second, fraction, offset] = pattern.exec(text) ?? [];
  const at = new Date(0);
  // Not `Date.UTC`, for which the year 50 is 1950.
  at.setUTCFullYear(Number(year || 1970), Number(month || 1) - 1, Number(day || 1));
  // Leap seconds are counted as the second before.
  at.setUTCHours(
    Number(hour ?? 0),
    Number(minute ?? 0),
    Math.min(59, Number(second ?? 0)),
    Number((fraction ?? '.').slice(1, 4).padEnd(3, '0')),
  );
  return { wallMs: at.getTime(), offset: offset ?? null };
}

/** Only as far as the unit of this level. */
function cut(wallMs: number, level: number): number {
  const at = new Date(wallMs);
  const unit = UNITS[level];
  if (unit === 'year' || unit === 'month') at.setUTCMonth(unit === 'year' ? 0 : at.getUTCMonth(), 1);
  if (level <= UNITS.indexOf('day')) at.setUTCHours(0, 0, 0, 0);
  if (unit === 'hour') at.setUTCMinutes(0, 0, 0);
  if (unit === 'minute') at.setUTCSeconds(0, 0);
  return at.getTime();
}

function add(wallMs: number, unit: Unit, amount: number): number {
  if (unit !== 'year' && unit !== 'month') return wallMs + amount * UNIT_MS[unit];
  const at = new Date(wallMs);
  const day = at.getUTCDate();
  at.setUTCMonth(at.getUTCMonth() + amount * (unit === 'year' ? 12 : 1), 1);
  const last = new Date(at);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  at.setUTCDate(Math.min(day, last.getUTCDate()));
  return at.getTime();
}

interface Form {
  readonly coarsest: number;
  readonly finest: number;
  readonly offset: string | null;
}

/** From a unit to another, and with the offset that stood there. */
function write(wallMs: number, { coarsest, finest, offset }: Form): string {
  const text = new Date(wallMs).toISOString();
  if (!/^\d{4}-/.test(text)) throw new Error('The year is out of range.');
  const whole = finest >= UNITS.indexOf('second') && !text.endsWith('.000Z') ? 23 : (LENGTHS[finest] ?? 19);
  return `${text.slice(coarsest === 0 ? 0 : 11, whole)}${offset ?? ''}`;
}

/** Of ISO 8601, as far as each unit. */
const LENGTHS = [4, 7, 10, 13, 16, 19] as const;
