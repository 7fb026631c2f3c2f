/**
 * What the form knows about itself while it is filled in: which fields are enabled, which issues are shown, what each section still
 * lacks. Outside React, so that a key stroke wakes only the fields for which an answer changed.
 */
import { itemsIn } from '#core/form/bind.ts';
import type { EvaluationContext } from '#core/form/expression/engine.ts';
import type { EvaluatedForm } from '#core/form/expression/evaluated-form.ts';
import { expressionsOf } from '#core/form/expression/expressions.ts';
import { FormEvaluation } from '#core/form/expression/form-evaluation.ts';
import { isOverridden } from '#core/form/expression/override.ts';
import type { FormIssue } from '#core/form/issue.ts';
import { pathsTo } from '#core/form/path.ts';
import { prunedTo } from '#core/form/prune.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { validateForm } from '#core/form/validate.ts';
import { bareValue, isSameAnswer } from '#core/form/value.ts';
import { answersAt, type BuiltBefore, type BuiltResponse, type FieldKey, type FormValues, keyOf, ROOT_ROW, responseOf } from './model.ts';
import type { PendingCode } from './pending.ts';

/** An issue as a field shows it; codes come from the server too, so they need not be known here. */
export type ShownIssue = Pick<FormIssue, 'path' | 'severity' | 'data' | 'text'> & { readonly code: string };

export interface ComputedAnswers {
  readonly item: QuestionnaireItem;
  readonly answers: readonly AnswerValue[];
}

export interface ComputedOptions {
  /** In place of the form's own; null: those. */
  readonly values: readonly AnswerValue[] | null;
  /** Keys of options that cannot be chosen now. */
  readonly withdrawn: readonly string[];
}

export interface SectionProgress {
  readonly linkId: string;
  /** Errors that sending would find now. */
  readonly openCount: number;
}

export class FormStore {
  private readonly listeners = new Set<() => void>();
  private readonly evaluation: FormEvaluation;
  private readonly builtBefore: BuiltBefore = new Map();
  private built: BuiltResponse;
  private evaluated: EvaluatedForm;
  private readonly touched = new Set<FieldKey>();
  private isSubmitted = false;
  private enabled: ReadonlySet<FieldKey> = new Set();
  private shown: ReadonlyMap<FieldKey, ShownIssue> = new Map();
  private fromServer: ReadonlyMap<FieldKey, ShownIssue> = new Map();
  private readonly pending = new Map<FieldKey, PendingCode>();
  private progress: readonly SectionProgress[] = [];
  private openCounts: ReadonlyMap<FieldKey, number> = new Map();
  private values: FormValues;
  /** Answers that the form has computed, where others stand. */
  private due: ReadonlyMap<FieldKey, ComputedAnswers> = new Map();
  private texts: ReadonlyMap<FieldKey, string> = new Map();
  private options: ReadonlyMap<FieldKey, ComputedOptions> = new Map();

  /** `context` is asked at each evaluation; null where the form computes nothing. */
  constructor(
    private readonly questionnaire: Questionnaire,
    private readonly base: QuestionnaireResponse,
    values: FormValues,
    private readonly context: (() => EvaluationContext) | null = null,
  ) {
    this.evaluation = new FormEvaluation(questionnaire, context?.());
    this.values = values;
    this.built = this.buildAgain();
    this.evaluated = this.evaluation.evaluate(this.built.response);
    this.show();
    this.measure();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  isEnabled(key: FieldKey): boolean {
    return this.enabled.has(key);
  }

  /** The label, where it is computed. */
  textOf(key: FieldKey): string | undefined {
    return this.texts.get(key);
  }

  /** What may be chosen, where that is computed; the same object as long as it is the same. */
  optionsOf(key: FieldKey): ComputedOptions | undefined {
    return this.options.get(key);
  }

  /** Computed answers that are to be put in the place of what stands there; asked once. */
  takeComputed(): ReadonlyMap<FieldKey, ComputedAnswers> {
    const { due } = this;
    this.due = new Map();
    return due;
  }

  /** The same object as long as nothing about the issue changed. */
  issueOf(key: FieldKey): ShownIssue | null {
    return this.shown.get(key) ?? null;
  }

  /** All shown issues in the order of the form; the same list as long as none changed. */
  get issues(): ReadonlyMap<FieldKey, ShownIssue> {
    return this.shown;
  }

  /** What the summary lists: everything once sending was tried, before that only what the server refused. */
  get summary(): ReadonlyMap<FieldKey, ShownIssue> {
    return this.isSubmitted ? this.shown : this.fromServer;
  }

  get sections(): readonly SectionProgress[] {
    return this.progress;
  }

  /** Errors that sending would find now in a group or a field. */
  openCountOf(key: FieldKey): number {
    return this.openCounts.get(key) ?? 0;
  }

  /** Was sending tried? What is open is wrong from then on, not only unfinished. */
  get wasTried(): boolean {
    return this.isSubmitted;
  }

  /** The groups around a field, outermost first, and the field. */
  wayTo(key: FieldKey): readonly FieldKey[] {
    const place = this.placeOf(key);
    return place === undefined ? [] : keysOn(place, this.built.keys);
  }

  get build(): BuiltResponse {
    return this.built;
  }

  /** The response as it would be sent, whatever is wrong with it. */
  pruned(): QuestionnaireResponse {
    this.evaluate();
    return prunedTo(this.evaluated, this.built.response);
  }

  /** Nothing named: everything. */
  changed(values: FormValues, ...keys: readonly FieldKey[]): void {
    this.values = values;
    // A rule between answers may be met by any of them.
    const left = [...this.fromServer].filter(([other, { code }]) => !keys.includes(other) && (keys.length === 0 || code !== 'constraint'));
    const isOneGone = left.length < this.fromServer.size;
    if (isOneGone) this.fromServer = new Map(left);
    this.built = this.buildAgain();
    this.evaluate();
    this.show();
    if (isOneGone || this.isSubmitted || keys.length === 0 || keys.some((key) => this.shown.has(key) || this.touched.has(key)))
      this.validate();
    this.emit();
  }

  /** A field that was left shows what is wrong with it, but not yet that it is empty: one may be looking around. */
  left(key: FieldKey): void {
    this.touched.add(key);
    this.validate();
    this.emit();
  }

  /** From now on everything wrong is shown. Gives the errors by field, in the order of the form. */
  submit(): ReadonlyMap<FieldKey, ShownIssue> {
    this.isSubmitted = true;
    this.validate();
    this.measure();
    this.emit();
    return new Map([...this.shown].filter(([, issue]) => issue.severity === 'error'));
  }

  /** Would it be taken as it stands? Nothing is shown. */
  isRight(): boolean {
    return this.pending.size === 0 && this.findings().every(({ severity }) => severity !== 'error');
  }

  /** Something that belongs to a field's answers is not among them yet: it is not sent without. Null: nothing is missing. */
  hold(key: FieldKey, code: PendingCode | null): void {
    if (code === (this.pending.get(key) ?? null)) return;
    if (code === null) this.pending.delete(key);
    else this.pending.set(key, code);
    this.validate();
    this.emit();
  }

  /** Issues that only the server could find. Each goes when its field is changed, that of a rule with any. Gives the first error's field. */
  showFromServer(issues: readonly ShownIssue[]): FieldKey | undefined {
    if (issues.length === 0 && this.fromServer.size === 0) return undefined;
    const { keys } = this.built;
    const found = new Map<FieldKey, ShownIssue>();
    for (const issue of issues) found.set(keys.get(issue.path) ?? keyOf(ROOT_ROW, issue.path), issue);
    this.fromServer = found;
    this.validate();
    this.emit();
    return [...this.shown].find(([key, { severity }]) => severity === 'error' && found.has(key))?.[0];
  }

  /** Called when typing pauses: counts what every section, page and tab lacks. */
  measure(): void {
    const open = new Map<FieldKey, number>();
    const { keys } = this.built;
    for (const { path, severity } of this.findings()) {
      if (severity !== 'error') continue;
      for (const key of keysOn(path, keys)) open.set(key, (open.get(key) ?? 0) + 1);
    }
    const isSame = open.size === this.openCounts.size && [...open].every(([key, count]) => this.openCounts.get(key) === count);
    const sections = (this.questionnaire.item ?? []).filter(({ type }) => type === 'group');
    if (isSame && this.progress.length === sections.length) return;
    this.openCounts = open;
    this.progress = sections.map(({ linkId }) => ({ linkId, openCount: this.openCountOf(keyOf(ROOT_ROW, linkId)) }));
    this.emit();
  }

  private placeOf(key: FieldKey): string | undefined {
    return [...this.built.keys].find(([, found]) => found === key)?.[0];
  }

  private buildAgain(): BuiltResponse {
    return responseOf(this.questionnaire, this.values, this.base, this.builtBefore);
  }

  /** Of the same response only what reads the clock is computed again. */
  private evaluate(): void {
    this.evaluated = this.evaluation.evaluate(this.built.response, this.context?.().now);
  }

  private show(): void {
    const { keys } = this.built;
    const { root, isEnabled } = this.evaluated;
    const next = new Set<FieldKey>();
    const due = new Map<FieldKey, ComputedAnswers>();
    for (const bound of itemsIn(root)) {
      const key = keys.get(bound.path);
      if (key === undefined || !isEnabled(bound)) continue;
      next.add(key);
      if (expressionsOf(bound.item).calculated === undefined || isOverridden(bound)) continue;
      const answers = bound.answers.map(({ answer }) => bareValue(answer));
      const current = answersAt(this.values, key);
      const isSame = answers.length === current.length && answers.every((answer, index) => isSameAnswer(answer, current[index] ?? {}));
      if (!isSame) due.set(key, { item: bound.item, answers });
    }
    this.enabled = next;
    this.due = due;
    this.showComputed();
  }

  private showComputed(): void {
    const { texts, options, withdrawn } = this.evaluated;
    const byKey = <V>(found: ReadonlyMap<string, V>): ReadonlyMap<FieldKey, V> =>
      new Map(
        [...found].flatMap(([path, value]) => (this.built.keys.has(path) ? [[this.built.keys.get(path) ?? '', value] as const] : [])),
      );
    this.texts = byKey(texts);
    const [chosenFrom, gone] = [byKey(options), byKey(withdrawn)];
    const next = new Map<FieldKey, ComputedOptions>();
    for (const key of new Set([...chosenFrom.keys(), ...gone.keys()])) {
      const made: ComputedOptions = { values: chosenFrom.get(key) ?? null, withdrawn: [...(gone.get(key) ?? [])] };
      const before = this.options.get(key);
      next.set(key, before && JSON.stringify(before) === JSON.stringify(made) ? before : made);
    }
    this.options = next;
  }

  /** What is wrong with it as it would be sent now. */
  private findings(): readonly FormIssue[] {
    this.evaluate();
    const context = this.context?.();
    return validateForm(this.questionnaire, this.built.response, this.evaluated, { mode: 'submit', ...(context ? { context } : {}) });
  }

  private validate(): void {
    const { keys } = this.built;
    const next = new Map<FieldKey, ShownIssue>();
    const add = (key: FieldKey, issue: ShownIssue) => {
      if (next.has(key)) return;
      const before = this.shown.get(key);
      next.set(key, before && isSameIssue(before, issue) ? before : issue);
    };
    for (const issue of this.findings()) {
      const key = keys.get(issue.path);
      // What is not enabled is not shown either, so there is nobody to tell.
      if (key === undefined || issue.code === 'not-enabled') continue;
      const code = this.pending.get(key);
      // What is on its way is not missing.
      if (this.isSubmitted) add(key, code === undefined ? issue : { code, path: issue.path, severity: 'error' });
      else if (this.touched.has(key) && !EMPTY.has(issue.code)) add(key, issue);
    }
    if (this.isSubmitted) for (const [key, code] of this.pending) add(key, { code, path: this.placeOf(key) ?? '', severity: 'error' });
    for (const [key, issue] of this.fromServer) add(key, issue);
    const isSame = next.size === this.shown.size && [...next].every(([key, issue]) => this.shown.get(key) === issue);
    if (!isSame) this.shown = this.pending.size + this.fromServer.size > 0 ? this.inOrder(next) : next;
  }

  /** As the form has the fields; what stands nowhere in it last. */
  private inOrder(issues: ReadonlyMap<FieldKey, ShownIssue>): ReadonlyMap<FieldKey, ShownIssue> {
    // A group of several rows stands in several places: the first counts.
    const places = new Map([...this.built.keys.values()].map((key, place) => [key, place] as const).reverse());
    const placeOf = (key: FieldKey): number => places.get(key) ?? places.size;
    return new Map([...issues].sort(([one], [other]) => placeOf(one) - placeOf(other)));
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Rows of a repeating group share the key of the group. */
const keysOn = (path: string, keys: ReadonlyMap<string, FieldKey>): readonly FieldKey[] => [
  ...new Set(pathsTo(path).flatMap((place) => keys.get(place) ?? [])),
];

const EMPTY: ReadonlySet<string> = new Set(['required', 'too-few', 'empty-row']);

const isSameIssue = (a: ShownIssue, b: ShownIssue): boolean =>
  a.code === b.code && a.path === b.path && JSON.stringify(a.data) === JSON.stringify(b.data);
