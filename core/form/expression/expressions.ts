/** The expressions of a form, read once: where each stands, and what it is for (SDC 4.2, https://hl7.org/fhir/uv/sdc/expressions.html). */
import { EXTENSION } from '../extensions.ts';
import type { AnswerValue, Extended, Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';

export interface Variable {
  readonly name: string;
  readonly expression: string;
}

export interface Constraint {
  readonly key: string;
  readonly expression: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly _human?: Extended;
  /** A path to the item that is to be mended, where that is another one. */
  readonly location?: string;
}

export interface Toggle {
  readonly options: readonly AnswerValue[];
  readonly expression: string;
}

export interface Expressions {
  readonly variables: readonly Variable[];
  readonly constraints: readonly Constraint[];
  readonly enableWhen?: string;
  readonly calculated?: string;
  readonly initial?: string;
  /** What may be chosen. */
  readonly options?: string;
  readonly text?: string;
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly toggles: readonly Toggle[];
}

type Holder = Pick<QuestionnaireItem, 'extension' | '_text'>;

const known = new WeakMap<Holder, Expressions>();

export function expressionsOf(holder: Holder): Expressions {
  const found = known.get(holder);
  if (found) return found;
  const expressions = read(holder);
  known.set(holder, expressions);
  return expressions;
}

function read({ extension = [], _text }: Holder): Expressions {
  const all = (url: string): readonly Extension[] => extension.filter((each) => each.url === url);
  const one = (url: string): string | undefined => fhirpathIn(extension.find((each) => each.url === url));
  return {
    variables: all(EXTENSION.variable).flatMap((each) => {
      const [name, expression] = [each.valueExpression?.name, fhirpathIn(each)];
      return name && expression ? { name, expression } : [];
    }),
    constraints: [...all(EXTENSION.constraint), ...all(EXTENSION.targetConstraint)].flatMap(constraintIn),
    ...given('enableWhen', one(EXTENSION.enableWhenExpression)),
    ...given('calculated', one(EXTENSION.calculatedExpression)),
    ...given('initial', one(EXTENSION.initialExpression)),
    ...given('options', one(EXTENSION.answerExpression)),
    ...given('text', fhirpathIn(_text?.extension?.find((each) => each.url === EXTENSION.textExpression))),
    ...given('minValue', calculatedIn(extension.find((each) => each.url === EXTENSION.minValue))),
    ...given('maxValue', calculatedIn(extension.find((each) => each.url === EXTENSION.maxValue))),
    toggles: all(EXTENSION.answerOptionsToggleExpression).flatMap(toggleIn),
  };
}

const given = <K extends string>(name: K, value: string | undefined): { readonly [key in K]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [key in K]?: string };

/** Absent where another language is asked for: those are listed as not supported (`unsupported.ts`). */
const fhirpathIn = (extension: Extension | undefined): string | undefined =>
  extension?.valueExpression?.language === 'text/fhirpath' ? extension.valueExpression.expression : undefined;

/** The older of the two is in many forms still. */
const CALCULATED: ReadonlySet<string> = new Set([EXTENSION.calculatedValue, EXTENSION.textExpression]);

function calculatedIn(limit: Extension | undefined): string | undefined {
  const extended = limit?._valueInteger ?? limit?._valueDecimal ?? limit?._valueDate ?? limit?._valueDateTime ?? limit?._valueTime;
  return fhirpathIn(extended?.extension?.find(({ url }) => CALCULATED.has(url)));
}

function constraintIn({ extension = [] }: Extension): readonly Constraint[] {
  const part = (url: string): Extension | undefined => extension.find((each) => each.url === url);
  const [stated, human] = [part('expression'), part('human')];
  const expression = stated?.valueString ?? fhirpathIn(stated);
  if (expression === undefined) return [];
  return [
    {
      key: part('key')?.valueString ?? part('key')?.valueCode ?? '',
      expression,
      severity: part('severity')?.valueCode === 'warning' ? 'warning' : 'error',
      human: human?.valueString ?? '',
      ...(human?._valueString ? { _human: human._valueString } : {}),
      ...given('location', part('location')?.valueString ?? fhirpathIn(part('location'))),
    },
  ];
}

function toggleIn({ extension = [] }: Extension): readonly Toggle[] {
  const expression = fhirpathIn(extension.find(({ url }) => url === 'expression'));
  // An extension's `value[x]` is an answer's.
  const options = extension.filter(({ url }) => url === 'option').map(({ url: _, ...value }) => value as AnswerValue);
  return expression === undefined ? [] : [{ options, expression }];
}

/** Does anything in it have to be computed? Without, a form needs no engine. */
export function hasExpressions(questionnaire: Questionnaire): boolean {
  const found = computingForms.get(questionnaire) ?? (isComputed(questionnaire) || areComputed(questionnaire.item));
  computingForms.set(questionnaire, found);
  return found;
}

const computingForms = new WeakMap<Questionnaire, boolean>();
const computedItems = new WeakMap<Holder, boolean>();

const areComputed = (items: readonly QuestionnaireItem[] = []): boolean => items.some((item) => isComputed(item) || areComputed(item.item));

/** Limits with units need an engine that knows units. */
const NEED_UNITS: ReadonlySet<string> = new Set([EXTENSION.minQuantity, EXTENSION.maxQuantity]);

const LIMITS: ReadonlySet<string> = new Set([EXTENSION.minValue, EXTENSION.maxValue]);

/** Does an expression stand on it? */
export function isComputed(holder: Holder): boolean {
  const found = computedItems.get(holder);
  if (found !== undefined) return found;
  const isFound = looksComputed(holder);
  computedItems.set(holder, isFound);
  return isFound;
}

function looksComputed(holder: Holder): boolean {
  if (holder.extension?.some(({ url, valueQuantity }) => NEED_UNITS.has(url) || (LIMITS.has(url) && valueQuantity))) return true;
  const { variables, constraints, toggles, ...others } = expressionsOf(holder);
  return variables.length + constraints.length + toggles.length + Object.keys(others).length > 0;
}
