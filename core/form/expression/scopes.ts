/**
 * Where expressions are evaluated: the response as they see it; the variables that the form, the groups around an item and the item itself
 * declare; what stands around. A variable is computed when it is first asked for, once in each row of a repeating group, and again only when
 * what it reads has been touched.
 */
import type { BoundItem, Container } from '../bind.ts';
import { EXTENSION } from '../extensions.ts';
import { ROOT_PATH } from '../path.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { EvaluationContext, ExpressionFailure } from './engine.ts';
import { expressionsOf } from './expressions.ts';
import type { Program } from './program.ts';
import { CONTEXT, DEFINITION, NOW, OFFSET, TIME_OF_DAY, TODAY } from './rewrite.ts';
import type { SeenItem, View } from './view.ts';

export interface Outcome {
  readonly result: Result;
  readonly failure?: ExpressionFailure;
}

/** Where it is asked; `row`: of the item itself, where that is a repeating group. */
interface Place {
  readonly bound: BoundItem | null;
  readonly row: Container | null;
}

/** Null: by the form. */
interface Declaration {
  readonly expression: string;
  readonly bound: BoundItem | null;
}

export interface ScopesOf {
  readonly questionnaire: Questionnaire;
  readonly program: Program;
  readonly view: View;
}

type Result = readonly unknown[];

const EMPTY: Result = [];

export class Scopes {
  /** Of each variable, by its expression: what it came to at each place. */
  private readonly variables = new Map<string, Map<Container | BoundItem | null, Result>>();
  private readonly computing = new Set<string>();
  private clock: Readonly<Record<string, unknown>>;

  constructor(
    private readonly of: ScopesOf,
    private readonly context: EvaluationContext,
  ) {
    this.clock = clockAt(context.now);
  }

  /** From now on at another moment. */
  enter(now: string): void {
    this.clock = clockAt(now);
  }

  /** What a variable has come to is true no longer. */
  forget(expression: string): void {
    this.variables.delete(expression);
  }

  /** At an item, or null for the form; of a repeating group in one `row`. What fails comes to nothing, and says so. */
  evaluate(source: string, bound: BoundItem | null, row: Container | null = null): Outcome {
    const { view } = this.of;
    return this.run(source, { bound, row }, bound && (row ? view.row(bound, row) : view.at(bound)));
  }

  private run(source: string, { bound, row }: Place, seen: SeenItem | null): Outcome {
    const { program, view, questionnaire } = this.of;
    try {
      const expression = program.expression(source, bound ? 'QuestionnaireResponse.item' : 'QuestionnaireResponse');
      if (!expression) throw new Error('It cannot be read.');
      const variables: Record<string, unknown> = { ...this.clock, questionnaire };
      // What looks up what it asks for needs no whole response to walk through.
      if (expression.readsAll || !bound) variables.resource = view.response;
      variables[CONTEXT] = { resourceType: 'QuestionnaireResponse', item: seen ? [seen] : [] };
      variables[DEFINITION] = { resourceType: 'Questionnaire', item: bound ? [bound.item] : [] };
      for (const [name, asked] of expression.lookUps) {
        variables[name] = { resourceType: 'QuestionnaireResponse', item: view.lookUp(asked) };
      }
      for (const name of expression.names) if (!Object.hasOwn(variables, name)) this.give(variables, name, { bound, row });
      return { result: expression.run(seen ?? view.response, variables) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const at = { linkId: bound?.item.linkId ?? '', path: row?.path ?? bound?.path ?? ROOT_PATH };
      return { result: EMPTY, failure: { ...at, expression: source, message } };
    }
  }

  private give(variables: Record<string, unknown>, name: string, place: Place): void {
    const value = this.valueOf(name, place);
    if (value !== undefined) variables[name] = value;
  }

  /** The nearest declaration: the item's, those of what stands around it, the form's; then what was launched with. */
  private valueOf(name: string, { bound: from, row }: Place): unknown {
    const found = this.declarationOf(name, from);
    if (found) return this.declared(name, found, found.bound && (found.bound === from ? row : rowOf(found.bound, from)));
    const { launch = {} } = this.context;
    if (Object.hasOwn(launch, name)) return launch[name];
    return isLaunched(this.of.questionnaire, name) || this.isInOtherLanguage(name, from) ? [] : undefined;
  }

  private declarationOf(name: string, from: BoundItem | null): Declaration | null {
    for (let bound = from; bound; bound = bound.container.owner) {
      const declared = expressionsOf(bound.item).variables.find((variable) => variable.name === name);
      if (declared) return { expression: declared.expression, bound };
    }
    const declared = expressionsOf(this.of.questionnaire).variables.find((variable) => variable.name === name);
    return declared ? { expression: declared.expression, bound: null } : null;
  }

  /** What a query or CQL declares has no value here. */
  private isInOtherLanguage(name: string, from: BoundItem | null): boolean {
    const holders: Pick<QuestionnaireItem, 'extension'>[] = [this.of.questionnaire];
    for (let bound = from; bound; bound = bound.container.owner) holders.push(bound.item);
    return holders.some(({ extension }) =>
      extension?.some(({ url, valueExpression }) => url === EXTENSION.variable && valueExpression?.name === name),
    );
  }

  /** `row`: of the declaring group, in which it is asked. */
  private declared(name: string, { expression, bound }: Declaration, row: Container | null): Result {
    const place = row ?? bound;
    const values = this.variables.get(expression) ?? new Map<Container | BoundItem | null, Result>();
    this.variables.set(expression, values);
    const found = values.get(place);
    if (found) return found;
    const asked = `${place?.path ?? ROOT_PATH} ${name}`;
    if (this.computing.has(asked)) throw new Error(`The variable ${name} depends on itself.`);
    this.computing.add(asked);
    const { view } = this.of;
    const { result, failure } = this.run(expression, { bound, row }, bound && (row ? view.row(bound, row) : view.at(bound)));
    this.computing.delete(asked);
    // Whoever asks for it has failed as well.
    if (failure) throw new Error(failure.message);
    values.set(place, result);
    return result;
  }
}

/** As parts of resources, by which the engine knows their types. */
const clockAt = (now: string): Readonly<Record<string, unknown>> => ({
  [NOW]: { resourceType: 'QuestionnaireResponse', authored: now },
  [TODAY]: { resourceType: 'Patient', birthDate: now.slice(0, 10) },
  [TIME_OF_DAY]: { resourceType: 'Observation', valueTime: now.slice(11, 19) },
  [OFFSET]: /(?:Z|[+-]\d\d:\d\d)$/.exec(now)?.[0] ?? 'Z',
});

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
