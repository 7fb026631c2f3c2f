/** FEEL's values as plain JSON: dates, times and durations become their ISO text, a number the nearest that JSON's readers have. */
import type { Json } from '#core/json.ts';
import { isNumber } from './number.ts';
import { FeelDateTime, FeelTime, offsetSecondsOf, zoneAt } from './temporal.ts';
import { isTemporal, temporalText } from './temporal-text.ts';
import { isContext, isList, type Value } from './value.ts';

/** Functions and ranges have no JSON form; the evaluation that gives one has failed. */
export const notJson: unique symbol = Symbol('not JSON');

export function toJson(value: Value): Json | typeof notJson {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (isNumber(value)) return typeof value === 'number' ? (value === 0 ? 0 : value) : value.toNumber();
  if (value instanceof FeelDateTime) return dateTimeText(value);
  if (isTemporal(value)) return temporalText(value);
  if (isList(value)) return listToJson(value);
  return isContext(value) ? objectToJson(value) : notJson;
}

function listToJson(list: readonly Value[]): Json | typeof notJson {
  const items: Json[] = [];
  for (const item of list) {
    const json = toJson(item);
    if (json === notJson) return notJson;
    items.push(json);
  }
  return items;
}

function objectToJson(value: Readonly<Record<string, Value>>): Json | typeof notJson {
  const members: [string, Json][] = [];
  for (const [name, member] of Object.entries(value)) {
    const json = toJson(member);
    if (json === notJson) return notJson;
    members.push([name, json]);
  }
  return Object.fromEntries(members);
}

/** A named zone is written as its offset at that instant, which every reader of ISO 8601 understands. */
function dateTimeText(value: FeelDateTime): string {
  const { date, time } = value;
  if (time.zone?.offsetSeconds !== null) return temporalText(value);
  return temporalText(new FeelDateTime(date, new FeelTime(time.nanos, zoneAt(offsetSecondsOf(time, date) ?? 0))));
}
