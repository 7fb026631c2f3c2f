/** FEEL's values as plain JSON: dates, times and durations become their ISO text, what is not a number becomes null. */
import { FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, isRange } from 'feelin';
import type { Json } from '#core/json.ts';

/** Functions and ranges have no JSON form; the evaluation that gives one has failed. */
export const notJson: unique symbol = Symbol('not JSON');

export function toJson(value: unknown): Json | typeof notJson {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? (Object.is(value, -0) ? 0 : value) : null;
  if (value instanceof FeelDateTime) return dateTimeText(value);
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) return value.iso;
  if (Array.isArray(value)) return listToJson(value);
  if (typeof value !== 'object' || isFunction(value) || isRange(value)) return notJson;
  return objectToJson(value);
}

function listToJson(list: readonly unknown[]): Json | typeof notJson {
  const items: Json[] = [];
  for (const item of list) {
    const json = toJson(item);
    if (json === notJson) return notJson;
    items.push(json);
  }
  return items;
}

function objectToJson(value: object): Json | typeof notJson {
  const members: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    const json = toJson(member);
    if (json === notJson) return notJson;
    members[name] = json;
  }
  return members;
}

/** A named zone is written as its offset at that instant, which every reader of ISO 8601 understands. */
function dateTimeText(value: FeelDateTime): string {
  if (value.zone === null || /^(UTC|Z|[+-].*)$/.test(value.zone)) return value.iso;
  return value.unwrap().toZonedDateTime(value.zone).toString({ timeZoneName: 'never' });
}
