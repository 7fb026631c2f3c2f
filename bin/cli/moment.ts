/** `--now` and `--zone`: what now() and today() mean. */
import { UnusableArgument } from './command.ts';

export const MOMENT_OPTIONS = { now: { type: 'string' }, zone: { type: 'string' } } as const;

/** ISO 8601 in UTC, and a zone that there is. */
export function momentOf({ now, zone = 'Asia/Shanghai' }: { readonly now?: string | undefined; readonly zone?: string | undefined }) {
  const instant = now === undefined ? Date.now() : Date.parse(now);
  if (Number.isNaN(instant)) throw new UnusableArgument(`--now: ${now} is not a date and time.`);
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw new UnusableArgument(`--zone: there is no time zone ${zone}.`);
  }
  return { at: new Date(instant).toISOString(), zone };
}
