/**
 * What can be read of a response that holds something malformed: each fault by its place, and the rest, so that whoever checks a response hears of
 * everything at once. The door does not take such a response; this is for those who look.
 */
import { importResponse, responseIn } from './import.ts';
import { parseResponse } from './parse.ts';
import type { QuestionnaireResponse } from './response.ts';

export interface Damage {
  /** In the JSON as it came: `item[1].answer[0].valueInteger`. */
  readonly path: string;
  /** Of the innermost item around it; empty where there is none. */
  readonly linkId: string;
  readonly message: string;
}

export interface Salvaged {
  /** Without what is damaged; null where it is no response at all. */
  readonly response: QuestionnaireResponse | null;
  readonly damages: readonly Damage[];
}

/** Each round mends at least one fault, and a parser tells only so many of them at once. */
const ROUNDS_MAX = 200;

type Json = Readonly<Record<string, unknown>>;

/** They keep the places of their neighbours until everything is read. */
const NO_ANSWER = { valueBoolean: false };
const NO_ITEM = { linkId: '-' };

export function salvageResponse(input: unknown): Salvaged {
  const damages: Damage[] = [];
  let left: unknown = responseIn(input);
  if (left === undefined) {
    const parsed = importResponse(input);
    return { response: null, damages: parsed.ok ? [] : parsed.problems.map((problem) => ({ ...problem, linkId: '' })) };
  }
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const parsed = parseResponse(left);
    if (parsed.ok) return { response: withoutGaps(parsed.value), damages };
    const before: unknown = left;
    for (const { path, message } of parsed.problems) {
      damages.push({ path, linkId: linkIdAt(left, stepsOf(path)), message });
      left = mended(left, stepsOf(path));
    }
    if (left === before) break;
  }
  return { response: null, damages };
}

type Step = string | number;

export const stepsOf = (path: string): readonly Step[] =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name = '']) => (index === undefined ? name : Number(index)));

/** The link id of the innermost item on the way. */
export function linkIdAt(input: unknown, steps: readonly Step[]): string {
  let at = input;
  let linkId = '';
  for (const step of steps) {
    at = isHolder(at) ? at[step] : undefined;
    if (isHolder(at) && typeof at.linkId === 'string') linkId = at.linkId;
  }
  return linkId;
}

const isHolder = (value: unknown): value is Readonly<Record<Step, unknown>> => typeof value === 'object' && value !== null;

/** Without the answer, the item or the element in which the fault is; the same where nothing can be taken out. */
function mended(input: unknown, steps: readonly Step[]): unknown {
  const [name] = steps;
  if (!isHolder(input) || name === undefined || name === 'resourceType') return input;
  const inAnswer = lastList(steps, 'answer');
  const inItem = lastList(steps, 'item');
  if (inAnswer > inItem) return replaced(input, steps.slice(0, inAnswer + 2), () => NO_ANSWER);
  const own = steps.slice(inItem + 2);
  if (inItem >= 0 && (own.length === 0 || own[0] === 'linkId')) {
    return replaced(input, steps.slice(0, inItem + 2), (item) => (own.length === 0 ? (withoutStrange(item) ?? NO_ITEM) : NO_ITEM));
  }
  // A response that does not say how far it is, is looked at as if it were finished.
  if (name === 'status') return { ...input, status: 'completed' };
  return replaced(input, inItem >= 0 ? steps.slice(0, inItem + 3) : [name], () => undefined);
}

/** Where the innermost `name[i]` begins. */
function lastList(steps: readonly Step[], name: string): number {
  for (let at = steps.length - 2; at >= 0; at -= 1) if (steps[at] === name && typeof steps[at + 1] === 'number') return at;
  return -1;
}

const ITEM_KEYS: ReadonlySet<string> = new Set([
  ...['id', 'linkId', 'text', 'definition', 'extension', 'answer', 'item'],
  ...['_linkId', '_text', '_definition'],
]);

/** Null where no element is foreign, so that something else is wrong with it. */
function withoutStrange(item: unknown): Json | null {
  if (!isHolder(item) || Array.isArray(item)) return null;
  const entries = Object.entries(item);
  const known = entries.filter(([key]) => ITEM_KEYS.has(key));
  return known.length < entries.length ? Object.fromEntries(known) : null;
}

function replaced(holder: unknown, [step, ...others]: readonly Step[], change: (value: unknown) => unknown): unknown {
  if (!isHolder(holder) || step === undefined) return holder;
  const value = others.length === 0 ? change(holder[step]) : replaced(holder[step], others, change);
  if (Array.isArray(holder)) return holder.map((each: unknown, index) => (index === step ? value : each));
  const { [step]: _, ...kept } = holder;
  return value === undefined ? kept : { ...kept, [step]: value };
}

type Holder = Pick<QuestionnaireResponse, 'item'>;

const withoutGaps = <H extends Holder>(holder: H): H =>
  holder.item
    ? {
        ...holder,
        item: holder.item
          .filter((item) => item !== NO_ITEM)
          .map((item) => ({
            ...withoutGaps(item),
            ...(item.answer && { answer: item.answer.filter((answer) => answer !== NO_ANSWER).map(withoutGaps) }),
          })),
      }
    : holder;
