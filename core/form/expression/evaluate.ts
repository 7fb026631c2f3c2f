/**
 * A form with everything in it that is computed: which items are enabled, values, texts, limits, options, and the constraints that do not
 * hold. What is computed may depend on what else is, so it is computed until nothing changes any more; a form in which that never happens
 * is refused by the checker, and here it stops. Answers of disabled items count as absent for every expression.
 */
import { type BoundItem, bindResponse, type Container } from '../bind.ts';
import { createEnablement } from '../enablement.ts';
import type { AnswerValue, Questionnaire } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '../response.ts';
import { isSameValue, valueKeyOf } from '../value.ts';
import type { EvaluationContext, ExpressionFailure, Memory } from './engine.ts';
import { type Constraint, expressionsOf, hasExpressions, isComputed } from './expressions.ts';
import { isOverridden } from './override.ts';
import { type Program, programOf } from './program.ts';
import { isTrue, toAnswers, toOptions, toText } from './results.ts';
import { Scopes } from './scopes.ts';

type Answers = Pick<QuestionnaireResponse, 'item'>;

export interface EvaluatedForm {
  /** The response laid over the form, with the computed answers in it. */
  readonly root: Container;
  readonly isEnabled: (bound: BoundItem) => boolean;
  /** Labels that are computed, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly minValues: ReadonlyMap<string, AnswerValue>;
  readonly maxValues: ReadonlyMap<string, AnswerValue>;
  /** What may be chosen where that is computed, by path. */
  readonly options: ReadonlyMap<string, readonly AnswerValue[]>;
  /** Keys of options that may not be chosen now (`valueKeyOf`), by path. */
  readonly withdrawn: ReadonlyMap<string, ReadonlySet<string>>;
  readonly broken: readonly BrokenConstraint[];
  /** Expressions that failed; their effect is that of an empty result. */
  readonly failures: readonly ExpressionFailure[];
}

export interface BrokenConstraint {
  readonly linkId: string;
  readonly path: string;
  readonly constraint: Constraint;
}

/** Chains of computed values are short in real forms; a longer one than this goes in a circle. */
const ROUNDS_MAX = 40;

/** Without a context nothing is computed. */
export function evaluateResponse(questionnaire: Questionnaire, response: Answers, context?: EvaluationContext): EvaluatedForm {
  if (!context || !hasExpressions(questionnaire)) {
    return { ...NOTHING, root: bindResponse(questionnaire, response), isEnabled: createEnablement() };
  }
  return new Evaluation(questionnaire, context).run(response);
}

/**
 * The response with what `initialExpression` gives to questions without an answer (SDC 4.3.1), each once and none for what another gives: what a
 * form begins with. Rows that are added later begin with the form's own initial values.
 */
export function populateResponse<R extends Answers>(questionnaire: Questionnaire, response: R, context: EvaluationContext): R {
  if (!hasExpressions(questionnaire)) return response;
  return { ...response, ...new Evaluation(questionnaire, context).populate(response) };
}

const NOTHING = {
  texts: new Map(),
  minValues: new Map(),
  maxValues: new Map(),
  options: new Map(),
  withdrawn: new Map(),
  broken: [],
  failures: [],
} as const satisfies Partial<EvaluatedForm>;

class Evaluation {
  private readonly program: Program;
  private readonly memory: Memory;
  private readonly failures = new Map<string, ExpressionFailure>();
  private enabledBy = new Map<string, boolean>();

  constructor(
    private readonly questionnaire: Questionnaire,
    private readonly context: EvaluationContext,
  ) {
    this.memory = context.memory ?? new Map();
    this.program = programOf(questionnaire, context.engine);
  }

  run(response: Answers): EvaluatedForm {
    let root = bindResponse(this.questionnaire, response);
    for (let round = 0; ; round += 1) {
      const isEnabled = createEnablement((bound) => this.enabledBy.get(bound.path) ?? false);
      const scopes = this.look(root, isEnabled);
      // What stands below something disabled is not there for anybody.
      const carriers = carriersIn(root).filter(({ container: { owner } }) => owner === null || isEnabled(owner));
      const enabledBy = this.conditions(carriers, scopes);
      const computed = this.computed(carriers.filter(isEnabled), scopes);
      const isSettled = computed.size === 0 && [...enabledBy].every(([path, is]) => this.enabledBy.get(path) === is);
      if (isSettled || round === ROUNDS_MAX) return this.finish(root, isEnabled, carriers.filter(isEnabled), scopes);
      this.enabledBy = enabledBy;
      if (computed.size > 0) root = bindResponse(this.questionnaire, withAnswers(root, computed));
    }
  }

  populate(response: Answers): Answers {
    const root = bindResponse(this.questionnaire, response);
    const scopes = this.look(root, () => true);
    const given = new Map<BoundItem, readonly AnswerValue[]>();
    for (const bound of carriersIn(root)) {
      const { initial } = expressionsOf(bound.item);
      if (initial === undefined || bound.answers.length > 0) continue;
      const values = toAnswers(this.questionnaire, bound.item, scopes.evaluate(initial, bound));
      if (values.length > 0) given.set(bound, values);
    }
    return given.size > 0 ? withAnswers(root, given) : response;
  }

  private look(root: Container, isEnabled: (bound: BoundItem) => boolean): Scopes {
    // What failed while others were still to be computed may not fail in the end.
    this.failures.clear();
    return new Scopes({
      memory: this.memory,
      questionnaire: this.questionnaire,
      program: this.program,
      context: this.context,
      root,
      isEnabled,
      fail: (failure) => this.failures.set(`${failure.path} ${failure.expression}`, failure),
    });
  }

  private conditions(carriers: readonly BoundItem[], scopes: Scopes): Map<string, boolean> {
    const found = new Map<string, boolean>();
    for (const bound of carriers) {
      const { enableWhen } = expressionsOf(bound.item);
      if (enableWhen !== undefined) found.set(bound.path, isTrue(scopes.evaluate(enableWhen, bound)));
    }
    return found;
  }

  /** Computed answers that are others than what stands there. What a person has put in their place stays. */
  private computed(enabled: readonly BoundItem[], scopes: Scopes): Map<BoundItem, readonly AnswerValue[]> {
    const changed = new Map<BoundItem, readonly AnswerValue[]>();
    for (const bound of enabled) {
      const { calculated } = expressionsOf(bound.item);
      if (calculated === undefined || isOverridden(bound)) continue;
      const values = toAnswers(this.questionnaire, bound.item, scopes.evaluate(calculated, bound));
      const current = bound.answers.map(({ answer }) => answer);
      const isSame = values.length === current.length && values.every((value, index) => isSameValue(value, current[index] ?? {}));
      if (!isSame) changed.set(bound, values);
    }
    return changed;
  }

  private finish(root: Container, isEnabled: (bound: BoundItem) => boolean, enabled: readonly BoundItem[], scopes: Scopes): EvaluatedForm {
    const texts = new Map<string, string>();
    const minValues = new Map<string, AnswerValue>();
    const maxValues = new Map<string, AnswerValue>();
    const options = new Map<string, readonly AnswerValue[]>();
    const withdrawn = new Map<string, ReadonlySet<string>>();
    const broken: BrokenConstraint[] = [];
    const check = (constraints: readonly Constraint[], bound: BoundItem | null): void => {
      for (const constraint of constraints) {
        // FHIR: a constraint that comes to nothing does not hold for certain, and is not broken for certain either.
        const result = scopes.evaluate(constraint.expression, bound);
        if (result.length > 0 && !isTrue(result)) broken.push({ linkId: bound?.item.linkId ?? '', path: bound?.path ?? '', constraint });
      }
    };
    check(expressionsOf(this.questionnaire).constraints, null);
    for (const bound of enabled) {
      const { text, minValue, maxValue, options: chosenFrom, toggles, constraints } = expressionsOf(bound.item);
      const limit = (expression: string | undefined): AnswerValue | undefined =>
        expression === undefined ? undefined : toAnswers(this.questionnaire, bound.item, scopes.evaluate(expression, bound))[0];
      if (text !== undefined) texts.set(bound.path, toText(scopes.evaluate(text, bound)));
      put(minValues, bound.path, limit(minValue));
      put(maxValues, bound.path, limit(maxValue));
      if (chosenFrom !== undefined) options.set(bound.path, toOptions(this.questionnaire, bound.item, scopes.evaluate(chosenFrom, bound)));
      const gone = toggles.filter(({ expression }) => !isTrue(scopes.evaluate(expression, bound))).flatMap((toggle) => toggle.options);
      if (gone.length > 0) withdrawn.set(bound.path, new Set(gone.map(valueKeyOf)));
      for (const place of placesOf(bound)) check(constraints, place);
    }
    return { root, isEnabled, texts, minValues, maxValues, options, withdrawn, broken, failures: [...this.failures.values()] };
  }
}

/** A constraint of a repeating group holds in each of its rows. */
const placesOf = (bound: BoundItem): readonly BoundItem[] =>
  bound.item.type === 'group' && bound.item.repeats
    ? bound.instances.map((row) => ({ ...bound, path: row.path, instances: [row] }))
    : [bound];

/** The items on which an expression stands, in document order. */
function carriersIn(container: Container): readonly BoundItem[] {
  const found: BoundItem[] = [];
  const visit = ({ items }: Container): void => {
    for (const bound of items) {
      if (isComputed(bound.item)) found.push(bound);
      for (const instance of bound.instances) visit(instance);
      for (const { nested } of bound.answers) visit(nested);
    }
  };
  visit(container);
  return found;
}

function put<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value !== undefined) map.set(key, value);
}

/** The response of a bound tree, with other answers to some questions. Items that nobody knows stay for the validator to refuse. */
export function withAnswers(root: Container, changed: ReadonlyMap<BoundItem, readonly AnswerValue[]>): Answers {
  const itemsOf = (container: Container): readonly ResponseItem[] => [
    ...container.items.flatMap(itemOf),
    ...container.strays.map(({ source }) => source),
  ];
  const itemOf = (bound: BoundItem): readonly ResponseItem[] => {
    const { item, sources, instances, answers } = bound;
    if (item.type === 'display') return sources;
    if (item.type === 'group') {
      return instances.flatMap((instance): readonly ResponseItem[] => {
        const items = itemsOf(instance);
        if (items.length === 0 && !instance.source) return [];
        const { item: _, ...source }: ResponseItem = { linkId: item.linkId, ...instance.source };
        return [items.length > 0 ? { ...source, item: items } : source];
      });
    }
    const values = changed.get(bound);
    const answer = values ?? answers.map(({ answer: given, nested }) => withItems(given, itemsOf(nested)));
    const { answer: _, ...source } = sources[0] ?? { linkId: item.linkId };
    if (answer.length > 0) return [{ ...source, answer }];
    return sources.length > 0 && !values ? sources : [];
  };
  return { item: itemsOf(root) };
}

function withItems({ item: _, ...answer }: ResponseAnswer, items: readonly ResponseItem[]): ResponseAnswer {
  return items.length > 0 ? { ...answer, item: items } : answer;
}
