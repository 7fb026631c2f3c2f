/**
 * Our own words in a diagram: `zeebe:property` pairs named `bihuan:*`. A closed vocabulary: a misspelt one would otherwise be a rule that
 * silently does not hold.
 */
import { z } from 'zod';
import type { LocalizedText } from '#core/text.ts';
import { type Outcome, type PersonAction, PHASES, type Phase, type ReasonRule } from './graph.ts';
import { elementsIn, extensionOf, idOf, type ModdleElement, wordOf } from './moddle.ts';
import type { Report } from './report.ts';

export type Properties = Readonly<Record<string, string>>;

const NODE = /./;
const TIMED = /^(userTask|boundaryEvent|intermediateCatchEvent|startEvent|receiveTask)$/;
const CATCHING = /^(boundaryEvent|intermediateCatchEvent)$/;
const USER_TASK = /^userTask$/;
const THROWING = /^(intermediateThrowEvent|endEvent|sendTask)$/;

/** Name → the elements it may stand on. */
const KNOWN: Readonly<Record<string, RegExp>> = {
  'bihuan:name.en': NODE,
  'bihuan:phase': /^(?!process$|sequenceFlow$)/,
  'bihuan:notice': NODE,
  'bihuan:announce': NODE,
  'bihuan:depart': NODE,
  'bihuan:readers': /^startEvent$/,
  'bihuan:sends': THROWING,
  'bihuan:announceTo': NODE,
  'bihuan:outcomes': USER_TASK,
  'bihuan:result': /^(userTask|endEvent|boundaryEvent|intermediateCatchEvent)$/,
  'bihuan:notSameAs': USER_TASK,
  'bihuan:deadline': USER_TASK,
  'bihuan:deadlineClock': USER_TASK,
  'bihuan:deadlineFollows': USER_TASK,
  'bihuan:remindAt': USER_TASK,
  'bihuan:escalateTo': USER_TASK,
  'bihuan:carryOutcomes': USER_TASK,
  'bihuan:side': USER_TASK,
  'bihuan:return': USER_TASK,
  'bihuan:prefill': USER_TASK,
  'bihuan:calendarOf': TIMED,
  'bihuan:clock': TIMED,
  'bihuan:starters': /^startEvent$/,
  'bihuan:organisation': /^startEvent$/,
  'bihuan:carry': USER_TASK,
  'bihuan:anew': USER_TASK,
  'bihuan:answersRemarks': USER_TASK,
  'bihuan:action': CATCHING,
};

export function readProperties(element: ModdleElement, report: Report): Properties {
  const id = idOf(element);
  const word = wordOf(element);
  const properties: Record<string, string> = {};
  for (const { name, value } of elementsIn(extensionOf(element, 'zeebe:Properties'), 'properties')) {
    if (typeof name !== 'string') continue;
    if (name in properties) {
      report(id, 'property-once', { en: `The property ${name} is given twice. Keep one.`, zh: `属性 ${name} 重复，请保留一个。` });
    }
    if (name.startsWith('bihuan:')) checkPlace(id, word, name, report);
    properties[name] = typeof value === 'string' ? value : '';
  }
  return properties;
}

function checkPlace(id: string, word: string, name: string, report: Report): void {
  const place = KNOWN[name];
  if (!place) {
    const known = Object.keys(KNOWN).join(', ');
    report(id, 'property-known', { en: `There is no property ${name}. Known are: ${known}.`, zh: `没有属性 ${name}。可用：${known}。` });
  } else if (!place.test(word)) {
    report(id, 'property-place', { en: `${name} has no meaning on ${word}. Remove it.`, zh: `${name} 不能用在 ${word} 上，请删除。` });
  }
}

export function localizedName(element: ModdleElement, properties: Properties): LocalizedText {
  const name = element.name?.trim() || element.id || '';
  const en = properties['bihuan:name.en'];
  return en ? { 'zh-CN': name, en } : { 'zh-CN': name };
}

export function phaseOf(elementId: string, properties: Properties, report: Report): Phase | undefined {
  return oneOf(elementId, 'bihuan:phase', properties, PHASES, report);
}

export function oneOf<T extends string>(
  elementId: string,
  name: string,
  properties: Properties,
  values: readonly T[],
  report: Report,
): T | undefined {
  const text = properties[name];
  if (text === undefined) return undefined;
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) {
    report(elementId, 'property-value', {
      en: `${name} is "${text}". It must be one of ${values.join(', ')}.`,
      zh: `${name} 的值“${text}”无效，应为：${values.join('、')}。`,
    });
  }
  return value;
}

export const namesIn = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** `50,80` → percentages, ascending. */
export function percentagesOf(elementId: string, text: string | undefined, report: Report): readonly number[] {
  const percentages = namesIn(text).map(Number);
  if (percentages.every((percent) => Number.isFinite(percent) && percent > 0 && percent < 100)) return percentages.sort((a, b) => a - b);
  report(elementId, 'property-value', {
    en: `bihuan:remindAt is "${text}". It must be percentages between 0 and 100, such as 50,80.`,
    zh: `bihuan:remindAt 的值“${text}”无效，应为 0 到 100 之间的百分数，例如 50,80。`,
  });
  return [];
}

const code = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens');
const text = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1).optional() });
const tone = z.enum(['default', 'primary', 'danger']).default('default');
const coded = z.strictObject({ codes: z.array(z.strictObject({ code, name: text })).min(1) });
const reason = z
  .union([z.enum(['none', 'optional', 'required']), coded])
  .default('none')
  .transform((rule): ReasonRule => (typeof rule === 'string' ? { kind: rule } : { kind: 'coded', codes: rule.codes }));

const linkIds = z.array(z.string().min(1)).min(1).optional();
const outcomes = z
  .array(
    z.strictObject({
      code,
      name: text,
      tone,
      reason,
      formRequired: z.boolean().default(true),
      requires: linkIds,
      affirms: linkIds,
    }),
  )
  .min(1)
  .refine((list) => new Set(list.map((outcome) => outcome.code)).size === list.length, 'has a code twice');

const asks = z.array(z.strictObject({ name: z.string().regex(/^[a-zA-Z]\w*$/), label: text })).min(1);
const action = z.strictObject({
  code,
  name: text,
  senders: z.string().min(1),
  reason,
  tone,
  asks: asks.optional(),
  notWhile: code.optional(),
});

export const outcomesOf = (elementId: string, properties: Properties, report: Report): readonly Outcome[] =>
  jsonOf(elementId, 'bihuan:outcomes', properties, outcomes, report) ?? [];

export const actionOf = (elementId: string, properties: Properties, report: Report): PersonAction | undefined =>
  jsonOf(elementId, 'bihuan:action', properties, action, report);

function jsonOf<T>(elementId: string, name: string, properties: Properties, schema: z.ZodType<T>, report: Report): T | undefined {
  const source = properties[name];
  if (source === undefined) return undefined;
  const refuse = (fault: string): undefined => {
    report(elementId, 'property-value', {
      en: `${name}: ${fault}. Mend the JSON of the property.`,
      zh: `${name} 的 JSON 有误：${fault}。`,
    });
    return undefined;
  };
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return refuse('it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is not valid'}`);
}
