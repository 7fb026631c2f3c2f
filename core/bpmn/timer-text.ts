/** Is a text that stands in the diagram, not in an expression, a date, a duration or a repetition? */
import { readCron } from '#core/calendar/cron.ts';
import { readDuration, readInstant, readRepetition } from '#core/process/time.ts';

export interface DurationFault {
  readonly en: string;
  readonly zh: string;
}

/** Cron says when something begins; what is under way repeats in intervals. */
export function timerFault(kind: 'date' | 'duration' | 'cycle', text: string, { isStart = false } = {}): DurationFault | null {
  if (kind === 'duration') return durationFault(text);
  if (kind === 'date') {
    return readInstant(text)
      ? null
      : {
          en: `"${text}" is not an instant with a zone. Write one such as 2026-01-31T08:00:00+08:00.`,
          zh: `“${text}”不是带时区的时刻，例：2026-01-31T08:00:00+08:00。`,
        };
  }
  if (readRepetition(text) || (isStart && readCron(text))) return null;
  return {
    en: `"${text}" is not a repetition. Write one such as R3/PT10M${isStart ? ', or cron such as 0 9 * * MON-FRI' : ' (cron is for start events)'}.`,
    zh: `“${text}”不是循环，例：R3/PT10M${isStart ? '，或 cron，例：0 9 * * MON-FRI' : '（cron 只用于开始事件）'}。`,
  };
}

export function durationFault(text: string): DurationFault | null {
  const duration = readDuration(text);
  if (duration && duration.ms >= 0 && duration.months >= 0) return null;
  return { en: `"${text}" is not a duration. Write one such as PT8H or P3D.`, zh: `“${text}”不是时长，例：PT8H、P3D。` };
}
