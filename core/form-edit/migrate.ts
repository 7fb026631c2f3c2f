/**
 * Carries answers from one version of a form to the next. The new response is built along the new form, so that it has its shape by
 * construction; each question looks for its answers where the old form had them, in the row in which it stands. What found no place is told.
 */
import { type BoundAnswer, type BoundItem, bindResponse, type Container, itemsIn } from '#core/form/bind.ts';
import { canonicalOf } from '#core/form/blank.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { questionnaireHash } from '#core/form/hash.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '#core/form/response.ts';
import { ANSWERS_MAX } from '#core/form/validate.ts';
import { answerFaults } from '#core/form/validate-answer.ts';
import { bareValue, VALUES_OF, type ValueKey, valueKindOf } from '#core/form/value.ts';
import { convertAnswer, optionWith } from './convert-answer.ts';
import { codeOf, type Losses, type LostAnswer, lossesOf } from './lost-answers.ts';
import { withMember } from './members.ts';
import { type MigrationPlan, planOf } from './migration-plan.ts';
import type { LossReason, MigrationStep } from './migration-step.ts';

export interface Migrated {
  readonly response: QuestionnaireResponse;
  readonly lost: readonly LostAnswer[];
}

export function applySteps(
  steps: readonly MigrationStep[],
  before: Questionnaire,
  after: Questionnaire,
  response: QuestionnaireResponse,
): Migrated {
  const hash = questionnaireHash(after);
  if (migratedTo(response) === hash) return { response, lost: [] };
  const losses = lossesOf(response);
  const root = bindResponse(before, response);
  const plan = planOf(steps, before, after);
  const item = new Migration(plan, after, losses).itemsOf(after.item ?? [], { container: root, frames: [] });
  const { item: _, ...rest } = response;
  const named = after.url ? withMember(rest, 'questionnaire', canonicalOf(after)) : rest;
  return {
    response: { ...marked(named, hash), ...(item.length > 0 ? { item } : {}) },
    lost: losses.left(plan),
  };
}

/** Ours: the form whose answers these are by now, so that carrying them over twice does no harm. */
const MIGRATED_TO = 'https://bihuan.dev/fhir/StructureDefinition/migrated-to';

type Answered = Omit<QuestionnaireResponse, 'item'>;

const migratedTo = ({ extension = [] }: Answered): string | undefined => extension.find(({ url }) => url === MIGRATED_TO)?.valueString;

const marked = (response: Answered, hash: string): Answered => ({
  ...response,
  extension: [...(response.extension ?? []).filter(({ url }) => url !== MIGRATED_TO), { url: MIGRATED_TO, valueString: hash }],
});

/** A row of the new form in which an item stands: which one, and what of the old response it was; null for a row that is new. */
interface Frame {
  readonly index: number;
  readonly container: Container | null;
}

interface Around {
  /** The innermost part of the old response that the new place stands for. */
  readonly container: Container;
  readonly frames: readonly Frame[];
}

interface Found {
  readonly items: readonly BoundItem[];
  /** It comes from outside of rows in which the new item stands, of which this is not the first. */
  readonly isForOthers: boolean;
}

class Migration {
  private readonly indexes = new Map<Container, Map<string, BoundItem[]>>();

  constructor(
    private readonly plan: MigrationPlan,
    private readonly after: Questionnaire,
    private readonly losses: Losses,
  ) {}

  itemsOf(items: readonly QuestionnaireItem[], around: Around): readonly ResponseItem[] {
    return items.flatMap((item) => this.itemOf(item, around));
  }

  private itemOf(item: QuestionnaireItem, around: Around): readonly ResponseItem[] {
    const found = this.find(item, around);
    if (item.type === 'group') return this.group(item, found, around);
    return item.type === 'display' ? this.display(item, found) : this.question(item, found, around);
  }

  private display(item: QuestionnaireItem, { items }: Found): readonly ResponseItem[] {
    const [source] = items[0]?.sources ?? [];
    return source && items[0]?.item.type === 'display' ? [{ ...withoutContent(source), linkId: item.linkId }] : [];
  }

  private group(item: QuestionnaireItem, found: Found, around: Around): readonly ResponseItem[] {
    const instances = found.isForOthers
      ? []
      : found.items.filter((bound) => bound.item.type === 'group').flatMap((bound) => bound.instances);
    const isSource = instances.length > 0;
    if (!item.repeats) {
      // Answers of the other rows count as lost, unless an item below takes those of all rows from where it was.
      const kept = this.plan.keepOf(item.linkId) === 'last' ? instances.at(-1) : instances[0];
      const below = this.itemsOf(item.item ?? [], { container: kept ?? around.container, frames: around.frames });
      return below.length > 0 ? [{ ...withoutContent(kept?.source), linkId: item.linkId, item: below }] : [];
    }
    const rows: readonly (Container | null)[] = isSource ? instances : [null];
    const most = Math.min(settingsOf(item).maxOccurs ?? ANSWERS_MAX, ANSWERS_MAX);
    let index = 0;
    return rows.flatMap((row): readonly ResponseItem[] => {
      if (index >= most) return this.refuse(row, 'too-many');
      const frames = [...around.frames, { index, container: row }];
      const below = this.itemsOf(item.item ?? [], { container: row ?? around.container, frames });
      // A row that somebody opened stays, one that has nothing left does not.
      const isOpen = row !== null && row.owner?.item.repeats === true && row.source !== null && !holdsAnswers(row);
      if (below.length === 0 && !isOpen) return [];
      index += 1;
      const own = { ...withoutContent(row?.source ?? null), linkId: item.linkId };
      return [below.length > 0 ? { ...own, item: below } : own];
    });
  }

  private refuse(row: Container | null, reason: LossReason): readonly [] {
    for (const bound of row ? itemsIn(row) : []) for (const { answer } of bound.answers) this.losses.say(answer, reason);
    return [];
  }

  private question(item: QuestionnaireItem, found: Found, around: Around): readonly ResponseItem[] {
    if (found.isForOthers && this.plan.rowsOf(item.linkId) === 'first') return [];
    const given = found.items.flatMap(({ answers, item: { type } }) => answers.map((bound) => ({ bound, type })));
    const carried = given.flatMap(({ bound, type }) => {
      const value = this.carried(bound.answer, type, item);
      return value ? [{ bound, value }] : [];
    });
    const kept = this.limited(item, carried, found.items.length);
    const answer = kept.map(({ bound, value }, index): ResponseAnswer => {
      this.losses.keep(bound.answer);
      const frames = [...around.frames, { index, container: bound.nested }];
      const below = this.itemsOf(item.item ?? [], { container: bound.nested, frames });
      const { item: _, ...rest } = bound.answer;
      return { ...asAnswer(rest, value), ...(below.length > 0 ? { item: below } : {}) };
    });
    if (answer.length === 0) return [];
    return [{ ...withoutContent(found.items[0]?.sources[0]), linkId: item.linkId, answer }];
  }

  /** The answer as one to the new question, or null and why. */
  private carried(answer: ResponseAnswer, type: QuestionnaireItem['type'], item: QuestionnaireItem): AnswerValue | null {
    const refuse = (reason: LossReason): null => {
      this.losses.say(answer, reason);
      return null;
    };
    const target = { questionnaire: this.after, item };
    const step = type === item.type ? null : this.plan.conversionOf(item.linkId);
    if (type !== item.type && (step?.from !== type || step.to !== item.type)) return refuse('type');
    const converted = step ? convertAnswer(bareValue(answer), step, target) : bareValue(answer);
    if (!converted) return refuse('type');
    const mapped = this.plan.optionOf(item.linkId, codeOf(converted));
    const value = mapped === undefined ? converted : mapped === null ? null : optionWith(mapped, target);
    if (!value) return refuse('option');
    const kind = valueKindOf(value);
    const allowed: readonly ValueKey[] = item.type === 'group' || item.type === 'display' ? [] : VALUES_OF[item.type];
    if (kind === null || !allowed.includes(kind)) return refuse('type');
    return answerFaults(this.after, item, value).some(({ code }) => code === 'too-long') ? refuse('too-long') : value;
  }

  private limited<T extends { readonly bound: BoundAnswer }>(
    item: QuestionnaireItem,
    carried: readonly T[],
    rowCount: number,
  ): readonly T[] {
    const most = item.repeats ? Math.min(settingsOf(item).maxOccurs ?? ANSWERS_MAX, ANSWERS_MAX) : 1;
    // Of several rows that come together here, the step says whether the first alone stays.
    const isFirstAlone = rowCount > 1 && this.plan.rowsOf(item.linkId) === 'first';
    const first = carried[0]?.bound;
    const candidates = isFirstAlone ? carried.filter(({ bound }) => rowOf(bound) === (first && rowOf(first))) : carried;
    const kept = !item.repeats && this.plan.keepOf(item.linkId) === 'last' ? candidates.slice(-1) : candidates.slice(0, most);
    for (const each of carried)
      if (!kept.includes(each)) this.losses.say(each.bound.answer, item.repeats && !isFirstAlone ? 'too-many' : 'single');
    return kept;
  }

  /** In the old response, from the row in which the new item stands outwards. */
  private find(item: QuestionnaireItem, { container, frames }: Around): Found {
    const source = this.plan.sourceOf(item.linkId);
    if (source === undefined) return { items: [], isForOthers: false };
    for (let at: Container | null = container; at; at = at.owner?.container ?? null) {
      const items = this.indexOf(at).get(source);
      // A row that could hold it and does not has none; those of other rows are not its own.
      if (!items && at.owner && this.plan.stoodBelow(source, at.owner.item.linkId)) break;
      if (!items) continue;
      const here = at;
      const crossed = frames.filter((frame) => frame.container === null || !isWithin(here, frame.container));
      return { items, isForOthers: crossed.some(({ index }) => index > 0) };
    }
    return { items: [], isForOthers: false };
  }

  private indexOf(container: Container): Map<string, BoundItem[]> {
    const found = this.indexes.get(container);
    if (found) return found;
    const index = new Map<string, BoundItem[]>();
    for (const bound of itemsIn(container)) index.set(bound.item.linkId, [...(index.get(bound.item.linkId) ?? []), bound]);
    this.indexes.set(container, index);
    return index;
  }
}

/** Does it stand in the row, or is it the row? */
function isWithin(container: Container, row: Container): boolean {
  for (let at: Container | null = container; at; at = at.owner?.container ?? null) if (at === row) return true;
  return false;
}

const rowOf = ({ nested }: BoundAnswer): Container | undefined => nested.owner?.container;

const holdsAnswers = (container: Container): boolean => [...itemsIn(container)].some(({ answers }) => answers.length > 0);

/** What an item carries beside its content: an id, extensions. */
function withoutContent(source: ResponseItem | ResponseAnswer | null | undefined): Omit<ResponseItem, 'linkId'> {
  if (!source || !('linkId' in source)) return {};
  const { item: _, answer: __, linkId: ___, ...rest } = source;
  return rest;
}

/** An answer's id and extensions, such as that a person gave it in the place of a computed one, stay with it. */
function asAnswer(before: ResponseAnswer, value: AnswerValue): ResponseAnswer {
  const own = Object.keys(bareValue(before));
  return { ...Object.fromEntries(Object.entries(before).filter(([name]) => !own.includes(name))), ...value };
}
