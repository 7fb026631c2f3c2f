/**
 * The evaluation of a form for as long as the form is open: of a response it computes what depends on something that is another object than in the
 * response before; of the first one, everything. What a form comes to follows from the response alone, not from those before it: each step
 * comes after all that it reads, and where steps go in a circle they begin anew each time.
 */
import { Binding, type BoundItem, type Container, givenAnswers, itemsIn } from '../bind.ts';
import { meetsConditions } from '../enablement.ts';
import { ROOT_PATH } from '../path.ts';
import type { AnswerValue, Questionnaire } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer } from '../response.ts';
import { isSameAnswer } from '../value.ts';
import { circlesIn } from './circles.ts';
import type { EvaluationContext, ExpressionFailure } from './engine.ts';
import { type BrokenConstraint, type EvaluatedForm, Gathering } from './evaluated-form.ts';
import { expressionsOf, isComputed } from './expressions.ts';
import { isOverridable, isOverride } from './override.ts';
import { type Plan, planOf, type Showing, type Step } from './plan.ts';
import { answersOf, contentOf, DAY, EVERYTHING, MOMENT, type Part, placesOf } from './reads.ts';
import { hasMisfit, isTrue, misfit, toAnswers } from './results.ts';
import { Scopes } from './scopes.ts';
import { type Shown, shownAt } from './shown.ts';
import { View } from './view.ts';

/** Where steps may read from each other they are repeated until nothing changes: in real forms soon, in a true circle perhaps never. */
const ROUNDS_MAX = 40;

export class FormEvaluation {
  private readonly plan: Plan;
  private readonly binding: Binding;
  /** What expressions see. */
  readonly view: View;
  private readonly scopes: Scopes | null;
  /** Whether the item's own condition is met; absent where it has none. */
  private readonly met = new WeakMap<BoundItem, boolean>();
  private readonly failed = {
    condition: new WeakMap<BoundItem, ExpressionFailure>(),
    calculation: new WeakMap<BoundItem, ExpressionFailure>(),
  };
  private readonly shown = new WeakMap<BoundItem, Shown>();
  private shownOfForm: Shown | null = null;
  /** What is another since the response before; null while everything is new. */
  private touched: Set<Part> | null = null;
  /** Goes up with each change. */
  private changes = 0;
  private carriers: readonly BoundItem[] = [];
  private structure = -1;
  private now: string;

  /** Engine and launch context are the same for as long as it lives. */
  constructor(
    private readonly questionnaire: Questionnaire,
    context?: EvaluationContext,
  ) {
    this.plan = planOf(questionnaire, context?.engine ?? null);
    this.binding = new Binding(questionnaire, { changed: (bound) => this.change(bound), moved: (container) => this.move(container) });
    const { root } = this.binding;
    this.view = new View({ questionnaire, root, isEnabled: this.isEnabled, occurrences: (linkId) => this.occurrences(linkId) });
    const { program } = this.plan;
    this.scopes = context && program ? new Scopes({ questionnaire, program, view: this.view }, context) : null;
    this.now = context?.now ?? '';
  }

  /** What it gave before is another thing afterwards: the tree is the same, with other answers in it. */
  evaluate(response: Pick<QuestionnaireResponse, 'item'>, now = this.now): EvaluatedForm {
    this.enter(now);
    if (this.view.enter(response)) this.touch(EVERYTHING);
    this.binding.lay(response);
    for (const { steps, isCircle } of this.plan.strata) {
      if (!steps.some((step) => this.isDue(step))) continue;
      if (isCircle) this.goRound(steps);
      else for (const step of steps) this.take(step);
    }
    for (const showing of this.plan.shown) if (this.isDue(showing)) this.show(showing);
    this.touched = new Set();
    return this.form();
  }

  private readonly isEnabled = (bound: BoundItem): boolean => {
    for (let at: BoundItem | null = bound; at; at = at.container.owner) if (this.met.get(at) === false) return false;
    return true;
  };

  private occurrences(linkId: string): readonly BoundItem[] {
    return this.binding.occurrences.get(linkId) ?? [];
  }

  private enter(now: string): void {
    if (now === this.now) return;
    const isNextDay = now.slice(0, 10) !== this.now.slice(0, 10);
    this.now = now;
    this.scopes?.enter(now);
    this.touch(MOMENT);
    if (isNextDay) this.touch(DAY);
  }

  private isDue({ reads }: { readonly reads: readonly Part[] }): boolean {
    const { touched } = this;
    return touched === null || reads.some((part) => touched.has(part));
  }

  private take(step: Step): void {
    if (step.kind === 'condition') this.enable(step);
    else this.calculate(step);
  }

  private goRound(steps: readonly Step[]): void {
    for (const step of steps) {
      for (const bound of this.occurrences(step.item.linkId)) {
        if (step.kind === 'condition') this.meet(step, bound, false);
        else this.binding.put(bound, givenAnswers(bound));
      }
    }
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const before = this.changes;
      for (const step of steps) this.take(step);
      if (this.changes === before) return;
    }
  }

  private enable(step: Step): void {
    const { enableWhen } = expressionsOf(step.item);
    for (const bound of this.occurrences(step.item.linkId)) {
      const { owner } = bound.container;
      this.failed.condition.delete(bound);
      // What stands below something disabled is not there for anybody.
      if (owner !== null && !this.isEnabled(owner)) continue;
      if (enableWhen === undefined) this.meet(step, bound, meetsConditions(bound, this.binding.occurrences, this.isEnabled));
      else this.meet(step, bound, isTrue(this.evaluated(enableWhen, bound, 'condition')));
    }
  }

  private meet(step: Step, bound: BoundItem, isMet: boolean): void {
    if ((this.met.get(bound) ?? true) === isMet) return;
    this.met.set(bound, isMet);
    this.view.forget(bound);
    for (const part of step.touches) this.touch(part);
  }

  /** What a person has put in the place of a computed answer stays. */
  private calculate({ item }: Step): void {
    const { calculated } = expressionsOf(item);
    for (const bound of this.occurrences(item.linkId)) {
      const given = givenAnswers(bound);
      this.failed.calculation.delete(bound);
      const isKept = isOverridable(item) && given.some(isOverride);
      if (calculated === undefined || isKept || !this.isEnabled(bound)) this.binding.put(bound, given);
      else {
        const result = this.evaluated(calculated, bound, 'calculation');
        if (hasMisfit(this.questionnaire, item, result)) this.fail(bound, 'calculation', misfit(bound, calculated));
        this.answer(bound, given, toAnswers(this.questionnaire, item, result));
      }
    }
  }

  private answer(bound: BoundItem, given: readonly ResponseAnswer[], values: readonly AnswerValue[]): void {
    const isGiven = values.length === given.length && values.every((value, index) => isSameAnswer(value, given[index] ?? {}));
    if (isGiven) this.binding.put(bound, given);
    else if (JSON.stringify(values) !== JSON.stringify(bound.answers.map(({ answer }) => answer))) this.binding.put(bound, values);
  }

  private evaluated(source: string, bound: BoundItem, kind: Step['kind']): readonly unknown[] {
    const { result, failure } = this.scopes?.evaluate(source, bound) ?? { result: [] };
    if (failure) this.fail(bound, kind, failure);
    return result;
  }

  private fail(bound: BoundItem, kind: Step['kind'], failure: ExpressionFailure): void {
    this.failed[kind].set(bound, failure);
  }

  private show({ item }: Showing): void {
    const { scopes, questionnaire } = this;
    if (!scopes) return;
    if (item === null) this.shownOfForm = shownAt(questionnaire, null, scopes);
    else {
      for (const bound of this.occurrences(item.linkId)) {
        if (this.isEnabled(bound)) this.shown.set(bound, shownAt(questionnaire, bound, scopes));
      }
    }
  }

  private change(bound: BoundItem): void {
    if (this.binding.structure === 0) return;
    this.view.forget(bound);
    this.touchAll(bound);
    for (let at = bound.container.owner; at; at = at.container.owner) this.touch(contentOf(at.item.linkId));
    this.touch(EVERYTHING);
  }

  private move(container: Container): void {
    if (this.binding.structure === 0) return;
    for (const bound of itemsIn(container)) this.touchAll(bound);
  }

  private touchAll({ item: { linkId } }: BoundItem): void {
    this.touch(placesOf(linkId));
    this.touch(answersOf(linkId));
    this.touch(contentOf(linkId));
  }

  private touch(part: Part): void {
    this.changes += 1;
    this.touched?.add(part);
    this.view.forgetPart(part);
    for (const expression of this.plan.variables.get(part) ?? []) this.scopes?.forget(expression);
  }

  private form(): EvaluatedForm {
    if (this.structure !== this.binding.structure) {
      this.structure = this.binding.structure;
      this.carriers = this.binding.items.filter(({ item }) => isComputed(item));
    }
    const gathering = new Gathering();
    if (this.shownOfForm) gathering.add(null, this.shownOfForm);
    for (const bound of this.carriers) {
      const { owner } = bound.container;
      if (owner !== null && !this.isEnabled(owner)) continue;
      gathering.fail(this.failed.condition.get(bound));
      if (!this.isEnabled(bound)) continue;
      gathering.fail(this.failed.calculation.get(bound) ?? this.circular(bound));
      const shown = this.shown.get(bound);
      if (shown) gathering.add(bound, shown);
    }
    const { broken, ...found } = gathering.found;
    return { root: this.binding.root, isEnabled: this.isEnabled, ...found, broken: broken.map((each) => this.located(each)) };
  }

  /** What it comes to depends on where one begins. */
  private circular({ item, path }: BoundItem): ExpressionFailure | undefined {
    const { program } = this.plan;
    const { calculated } = expressionsOf(item);
    if (!program || calculated === undefined || !circlesIn(this.questionnaire, program).has(item.linkId)) return undefined;
    return { linkId: item.linkId, path, expression: calculated, message: 'What it is computed from depends on itself.' };
  }

  /** At the item to which the constraint points, in the same row where that is one; else where the constraint stands. */
  private located(broken: BrokenConstraint): BrokenConstraint {
    const { location } = broken.constraint;
    const asked = location === undefined ? undefined : this.plan.program?.expression(location, 'QuestionnaireResponse.item')?.asked;
    const linkId = [...(asked ?? [])].at(-1);
    if (linkId === undefined) return broken;
    const places = this.occurrences(linkId).filter(this.isEnabled);
    const found = places.find(({ path }) => broken.path === ROOT_PATH || path.startsWith(`${broken.path}/`)) ?? places[0];
    return found ? { ...broken, linkId, path: found.path } : broken;
  }
}
