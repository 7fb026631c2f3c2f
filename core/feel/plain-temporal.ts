/** The dates and times of plain FEEL: instants with an offset, and spans of days and less. Whatever is rarer is the interpreter's. */

/** What `date and time` gives; `now()` has no offset of its own here, so it can be compared and not shown. */
export class PlainDateTime {
  readonly ms: number;
  readonly offset: string | null;

  constructor(ms: number, offset: string | null) {
    this.ms = ms;
    this.offset = offset;
  }

  /** As the interpreter writes it; null where that takes a zone. */
  text(): string | null {
    if (this.offset === null) return null;
    const local = new Date(this.ms + offsetMs(this.offset)).toISOString();
    // Without the zeros at the end of a second's fraction.
    return `${local.slice(0, -1).replace(/\.(\d*?)0+$/, (_, digits: string) => (digits === '' ? '' : `.${digits}`))}${this.offset}`;
  }
}

/** What `duration` gives. */
export class PlainSpan {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

const DATE_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/;

/** Null for what is not an instant to the millisecond with an offset. */
export function plainDateTime(text: string): PlainDateTime | null {
  const [, date = '', hour = '', minute = '', second = '00', fraction = '', offset = ''] = DATE_TIME.exec(text) ?? [];
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // A day that is not in the calendar is none, or another one.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000 + Number(fraction.padEnd(3, '0'));
  return new PlainDateTime(local - offsetMs(offset), offset);
}

const SPAN = /^P(?=\d|T\d)(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;

/** Null for what is not a span of whole days, hours, minutes and seconds. */
export function plainSpan(text: string): PlainSpan | null {
  const found = SPAN.exec(text);
  if (!found) return null;
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return new PlainSpan(((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1_000);
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
