/**
 * Where expressions are evaluated: the response as they see it, without answers of disabled items and with the scores of options on the answers;
 * the variables that the form, the groups around an item and the item itself declare; what stands around. A variable is computed when it is
 * first asked for, once in each row of a repeating group.
 */
import type { BoundItem, Container } from '../bind.ts';
import { EXTENSION } from '../extensions.ts';
import { ROOT_PATH } from '../path.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { valueKeyOf } from '../value.ts';
import type { EvaluationContext, ExpressionFailure, Memory, Remembered } from './engine.ts';
import { expressionsOf, scoreOf } from './expressions.ts';
import type { Program } from './program.ts';
import { CONTEXT, DEFINITION, NOW, TODAY } from './rewrite.ts';

interface SeenItem {
  readonly linkId: string;
  answer?: unknown[];
  item?: SeenItem[];
}

type Outcome = Omit<Remembered, 'read'>;

/** Null: by the form. */
interface Declaration {
  readonly expression: string;
  readonly bound: BoundItem | null;
}

export interface ScopesOf {
  readonly memory: Memory;
  readonly questionnaire: Questionnaire;
  readonly program: Program;
  readonly context: EvaluationContext;
  readonly root: Container;
  readonly isEnabled: (bound: BoundItem) => boolean;
  readonly fail: (failure: ExpressionFailure) => void;
}

type Result = readonly unknown[];

const EMPTY: Result = [];

export class Scopes {
  private readonly response: { readonly resourceType: 'QuestionnaireResponse'; readonly item: SeenItem[] };
  private readonly seen = new Map<BoundItem | Container, SeenItem>();
  private readonly byLinkId = new Map<string, SeenItem[]>();
  private readonly variables = new Map<Container | BoundItem | null, Map<string, Result>>();
  private readonly computing = new Set<string>();
  private readonly texts = new Map<string | null, string>();
  private readonly clock: Readonly<Record<string, unknown>>;

  constructor(private readonly of: ScopesOf) {
    this.response = { resourceType: 'QuestionnaireResponse', item: this.see(of.root) };
    const { now } = of.context;
    this.clock = {
      [NOW]: { resourceType: 'QuestionnaireResponse', authored: now },
      [TODAY]: { resourceType: 'Patient', birthDate: now.slice(0, 10) },
    };
  }

  /** At an item, or null for the form. What fails comes to nothing, and is told. */
  evaluate(source: string, bound: BoundItem | null): Result {
    const { memory, fail } = this.of;
    const path = bound?.path ?? ROOT_PATH;
    const ofSource = memory.get(source) ?? new Map<string, Remembered>();
    memory.set(source, ofSource);
    const read = this.readBy(source, bound);
    const known = ofSource.get(path);
    const outcome = known?.read === read ? known : { ...this.run(source, bound), read };
    if (outcome !== known) ofSource.set(path, outcome);
    if (outcome.failure) fail(outcome.failure);
    return outcome.result;
  }

  /** Everything that the expression reads, as text: as long as it is the same, so is the result. */
  private readBy(source: string, bound: BoundItem | null, around: readonly string[] = []): string {
    const expression = this.of.program.expression(source, bound ? 'QuestionnaireResponse.item' : 'QuestionnaireResponse');
    if (!expression) return '';
    if (expression.readsAll) return this.textOf(null);
    const parts = [...expression.lookUps.values()].map((linkId) => this.textOf(linkId));
    if (expression.readsClock !== 'no')
      parts.push(expression.readsClock === 'day' ? this.of.context.now.slice(0, 10) : this.of.context.now);
    for (const name of expression.names) {
      const found = around.includes(name) ? null : this.declarationOf(name, bound);
      if (found) parts.push(this.readBy(found.expression, found.bound, [...around, name]));
    }
    return parts.join('\n');
  }

  /** The items with the link id, or everything that is seen. */
  private textOf(linkId: string | null): string {
    const found = this.texts.get(linkId) ?? JSON.stringify(linkId === null ? this.response : (this.byLinkId.get(linkId) ?? []));
    this.texts.set(linkId, found);
    return found;
  }

  private run(source: string, bound: BoundItem | null): Outcome {
    const { program } = this.of;
    const focus = bound ? this.focusOf(bound) : this.response;
    try {
      const expression = program.expression(source, bound ? 'QuestionnaireResponse.item' : 'QuestionnaireResponse');
      if (!expression) throw new Error('It cannot be read.');
      const variables: Record<string, unknown> = { ...this.clock, resource: this.response, questionnaire: this.of.questionnaire };
      variables[CONTEXT] = { resourceType: 'QuestionnaireResponse', item: bound ? [focus] : [] };
      variables[DEFINITION] = { resourceType: 'Questionnaire', item: bound ? [bound.item] : [] };
      for (const [name, asked] of expression.lookUps) {
        variables[name] = { resourceType: 'QuestionnaireResponse', item: this.byLinkId.get(asked) ?? [] };
      }
      for (const name of expression.names) if (!(name in variables)) this.give(variables, name, bound);
      return { result: expression.run(focus, variables) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const at = { linkId: bound?.item.linkId ?? '', path: bound?.path ?? ROOT_PATH };
      return { result: EMPTY, failure: { ...at, expression: source, message } };
    }
  }

  private give(variables: Record<string, unknown>, name: string, bound: BoundItem | null): void {
    const value = this.valueOf(name, bound);
    if (value !== undefined) variables[name] = value;
  }

  /** The nearest declaration: the item's, those of what stands around it, the form's; then what was launched with. */
  private valueOf(name: string, from: BoundItem | null): unknown {
    const found = this.declarationOf(name, from);
    if (found) return this.declared(name, found, found.bound && rowOf(found.bound, from));
    const { launch = {} } = this.of.context;
    if (Object.hasOwn(launch, name)) return launch[name];
    return isLaunched(this.of.questionnaire, name) ? [] : undefined;
  }

  private declarationOf(name: string, from: BoundItem | null): Declaration | null {
    for (let bound = from; bound; bound = bound.container.owner) {
      const declared = expressionsOf(bound.item).variables.find((variable) => variable.name === name);
      if (declared) return { expression: declared.expression, bound };
    }
    const declared = expressionsOf(this.of.questionnaire).variables.find((variable) => variable.name === name);
    return declared ? { expression: declared.expression, bound: null } : null;
  }

  /** `row`: of the declaring group, in which it is asked. */
  private declared(name: string, { expression, bound }: Declaration, row: Container | null): Result {
    const place = row ?? bound;
    const values = this.variables.get(place) ?? new Map<string, Result>();
    this.variables.set(place, values);
    const found = values.get(name);
    if (found) return found;
    const asked = `${place?.path ?? ROOT_PATH} ${name}`;
    if (this.computing.has(asked)) throw new Error(`The variable ${name} depends on itself.`);
    this.computing.add(asked);
    const { result, failure } = this.run(expression, bound && row ? this.inRow(bound, row) : bound);
    this.computing.delete(asked);
    // Whoever asks for it has failed as well.
    if (failure) throw new Error(failure.message);
    values.set(name, result);
    return result;
  }

  /** The group as if it had this row alone. */
  private inRow(bound: BoundItem, row: Container): BoundItem {
    const group = { ...bound, instances: [row] };
    const seen = this.seen.get(row);
    if (seen) this.seen.set(group, seen);
    return group;
  }

  private focusOf(bound: BoundItem): SeenItem {
    const found = this.seen.get(bound) ?? (bound.instances[0] && this.seen.get(bound.instances[0]));
    return found ?? { linkId: bound.item.linkId };
  }

  private see(container: Container): SeenItem[] {
    return container.items.flatMap((bound) => (this.of.isEnabled(bound) ? this.seeItem(bound) : []));
  }

  private seeItem(bound: BoundItem): SeenItem[] {
    const { item, instances, answers } = bound;
    if (item.type === 'display') return [];
    if (item.type === 'group') {
      return instances.flatMap((instance) => {
        const items = this.see(instance);
        const seen: SeenItem = items.length > 0 ? { linkId: item.linkId, item: items } : { linkId: item.linkId };
        this.seen.set(instance, seen);
        return items.length > 0 || item.repeats ? [this.noted(item.linkId, seen)] : [];
      });
    }
    const scores = scored(item);
    const seen: SeenItem = { linkId: item.linkId };
    this.seen.set(bound, seen);
    if (answers.length === 0) return [];
    seen.answer = answers.map(({ answer, nested }) => {
      const { item: _, extension: __, ...value } = answer;
      const items = this.see(nested);
      const shown = withScore(value, scores.get(valueKeyOf(value)));
      return items.length > 0 ? { ...shown, item: items } : shown;
    });
    return [this.noted(item.linkId, seen)];
  }

  private noted(linkId: string, seen: SeenItem): SeenItem {
    const items = this.byLinkId.get(linkId);
    if (items) items.push(seen);
    else this.byLinkId.set(linkId, [seen]);
    return seen;
  }
}

/** The row of the declaring group in which the asking item stands; null where the item itself declares. */
function rowOf(declaring: BoundItem, from: BoundItem | null): Container | null {
  for (let container: Container | null = from?.container ?? null; container; container = container.owner?.container ?? null) {
    if (container.owner === declaring) return container;
  }
  return null;
}

const isLaunched = ({ extension = [] }: Questionnaire, name: string): boolean =>
  extension.some(
    ({ url, extension: parts }) =>
      url === EXTENSION.launchContext &&
      parts?.some((part) => part.url === 'name' && (part.valueCoding?.code ?? part.valueString) === name),
  );

const known = new WeakMap<QuestionnaireItem, ReadonlyMap<string, number>>();

function scored(item: QuestionnaireItem): ReadonlyMap<string, number> {
  const found = known.get(item);
  if (found) return found;
  const scores = new Map<string, number>();
  for (const option of item.answerOption ?? []) {
    const score = scoreOf(option);
    if (score !== undefined) scores.set(valueKeyOf(option), score);
  }
  known.set(item, scores);
  return scores;
}

/** Engines look for a score on the answer itself. */
function withScore(value: AnswerValue, score: number | undefined): object {
  if (score === undefined || !value.valueCoding) return value;
  return { valueCoding: { ...value.valueCoding, extension: [{ url: EXTENSION.itemWeight, valueDecimal: score }] } };
}
