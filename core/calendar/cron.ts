/** Cron expressions as the modelers write them: five fields, or six with the seconds in front (Zeebe). Read here, kept by whoever has a clock. */

export interface Cron {
  readonly second: string;
  readonly minute: string;
  readonly hour: string;
  readonly dayOfMonth: string;
  readonly month: string;
  readonly dayOfWeek: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Null where a field is not a number, a name, a range, a step or a list of them, within its bounds. */
export function readCron(text: string): Cron | null {
  const fields = text.trim().toUpperCase().replaceAll('?', '*').split(/\s+/);
  if (fields.length === 5) fields.unshift('0');
  const [second = '', minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', ...more] = fields;
  const isValid =
    more.length === 0 &&
    isField(second, 0, 59) &&
    isField(minute, 0, 59) &&
    isField(hour, 0, 23) &&
    isField(dayOfMonth, 1, 31) &&
    isField(month, 1, 12, MONTHS) &&
    isField(dayOfWeek, 0, 6, DAYS);
  return isValid ? { second, minute, hour, dayOfMonth, month, dayOfWeek } : null;
}

function isField(field: string, min: number, max: number, names: readonly string[] = []): boolean {
  const isValue = (value: string): boolean =>
    names.includes(value) || (/^\d{1,2}$/.test(value) && Number(value) >= min && Number(value) <= max);
  return field.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step))) return false;
    if (range === '*') return true;
    const [from = '', to, ...rest] = range.split('-');
    return rest.length === 0 && isValue(from) && (to === undefined || isValue(to));
  });
}
