/** Instants and ISO 8601 durations. `Date` is used for arithmetic on given instants only; it never tells the time here. */

export const addMs = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

export const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** An instant in the form of all instants of a state, or null. A text without a zone is no instant. */
export function readInstant(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

export interface IsoDuration {
  /** Years and months, which have no fixed length. */
  readonly months: number;
  readonly ms: number;
}

const DURATION = /^(-)?P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

export function readDuration(text: string): IsoDuration | null {
  const match = DURATION.exec(text);
  if (!match) return null;
  const [, sign, ...parts] = match;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const factor = sign ? -1 : 1;
  const ms = Math.round((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000);
  return { months: factor * (years * 12 + months) || 0, ms: factor * ms || 0 };
}

export interface IsoRepetition {
  /** Absent: without end. */
  readonly repetitions?: number;
  readonly start?: string;
  readonly interval: string;
}

/** `R3/PT10S`, `R/2026-01-01T00:00:00Z/P1D`. */
export function readRepetition(text: string): IsoRepetition | null {
  const match = /^R(\d*)\/(?:([^/]+)\/)?(P[^/]+)$/.exec(text);
  const interval = match?.[3];
  if (!match || !interval || !readDuration(interval)) return null;
  const start = match[2] === undefined ? undefined : readInstant(match[2]);
  if (start === null) return null;
  return { ...(match[1] ? { repetitions: Number(match[1]) } : {}), ...(start === undefined ? {} : { start }), interval };
}
