/**
 * In which order a form is computed. Each step is one question's: whether it is enabled, or what it is answered with. A step comes after those
 * that it reads from; steps that may read from each other are taken together. Read once from the form, and from nothing else.
 */
import { allItems } from '../items.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { ExpressionEngine } from './engine.ts';
import { expressionsOf } from './expressions.ts';
import { type Program, programOf } from './program.ts';
import { answersOf, contentOf, EVERYTHING, type Part, placesOf, readBy, type Scope } from './reads.ts';
import { strataOf } from './strata.ts';

export interface Step {
  readonly kind: 'condition' | 'calculation';
  readonly item: QuestionnaireItem;
  readonly reads: readonly Part[];
  /** What may become another by it. */
  readonly touches: readonly Part[];
}

export interface Stratum {
  readonly steps: readonly Step[];
  /** They may read from each other, or the one from itself. */
  readonly isCircle: boolean;
}

/** What is computed for whoever looks at the form, and for nothing else in it. */
export interface Showing {
  /** Null: the form. */
  readonly item: QuestionnaireItem | null;
  readonly reads: readonly Part[];
}

export interface Plan {
  readonly program: Program | null;
  readonly strata: readonly Stratum[];
  readonly shown: readonly Showing[];
  /** Expressions of the variables that read a part. */
  readonly variables: ReadonlyMap<Part, ReadonlySet<string>>;
}

const known = new WeakMap<Questionnaire, { readonly engine: ExpressionEngine | null; readonly plan: Plan }>();

/** Without an engine conditions that are expressions are met, and nothing is calculated. */
export function planOf(questionnaire: Questionnaire, engine: ExpressionEngine | null): Plan {
  const found = known.get(questionnaire);
  if (found?.engine === engine) return found.plan;
  const plan = draw(questionnaire, engine && programOf(questionnaire, engine));
  known.set(questionnaire, { engine, plan });
  return plan;
}

function draw(questionnaire: Questionnaire, program: Program | null): Plan {
  const steps: Step[] = [];
  const shown: Showing[] = [];
  const variables = new Map<Part, Set<string>>();

  const read = (sources: readonly (string | undefined)[], scope: Scope): readonly Part[] =>
    program ? sources.flatMap((source) => (source === undefined ? [] : readBy(questionnaire, program, source, scope))) : [];

  const declare = (holder: Questionnaire | QuestionnaireItem, scope: Scope): void => {
    for (const { expression } of expressionsOf(holder).variables) {
      for (const part of read([expression], scope)) variables.set(part, (variables.get(part) ?? new Set()).add(expression));
    }
  };

  const show = (item: QuestionnaireItem | null, scope: Scope): void => {
    const { text, minValue, maxValue, options, toggles, constraints } = expressionsOf(item ?? questionnaire);
    const sources = [text, minValue, maxValue, options, ...[...toggles, ...constraints].map(({ expression }) => expression)];
    if (!program || sources.every((source) => source === undefined)) return;
    shown.push({ item, reads: [...(item ? [placesOf(item.linkId)] : []), ...read(sources, scope)] });
  };

  const visit = (items: readonly QuestionnaireItem[], around: Scope): void => {
    for (const item of items) {
      const scope = [item, ...around];
      const [parent] = around;
      declare(item, scope);
      const { enableWhen, calculated } = expressionsOf(item);
      const outer = around.map(({ linkId }) => contentOf(linkId));
      const below = [item, ...allItems(item.item ?? [])].map(({ linkId }) => linkId);
      if ((enableWhen === undefined && item.enableWhen?.length) || (enableWhen !== undefined && program)) {
        const asked =
          enableWhen === undefined ? (item.enableWhen ?? []).map(({ question }) => answersOf(question)) : read([enableWhen], scope);
        // A question's items stand below its answers and come and go with them.
        const place = parent ? [placesOf(parent.linkId), ...(parent.type === 'group' ? [] : [answersOf(parent.linkId)])] : [];
        const touches = [...below.flatMap((linkId) => [placesOf(linkId), answersOf(linkId), contentOf(linkId)]), ...outer, EVERYTHING];
        steps.push({ kind: 'condition', item, reads: [...place, ...asked], touches });
      }
      if (calculated !== undefined && program) {
        const [, ...nested] = below;
        const touches = [
          ...[answersOf(item.linkId), contentOf(item.linkId)],
          ...nested.flatMap((linkId) => [placesOf(linkId), answersOf(linkId), contentOf(linkId)]),
          ...outer,
          EVERYTHING,
        ];
        steps.push({ kind: 'calculation', item, reads: [placesOf(item.linkId), ...read([calculated], scope)], touches });
      }
      show(item, scope);
      visit(item.item ?? [], scope);
    }
  };
  declare(questionnaire, []);
  show(null, []);
  visit(questionnaire.item ?? [], []);
  return { program, strata: ordered(steps), shown, variables };
}

function ordered(steps: readonly Step[]): readonly Stratum[] {
  const touching = new Map<Part, Step[]>();
  for (const step of steps) {
    for (const part of step.touches) {
      const others = touching.get(part);
      if (others) others.push(step);
      else touching.set(part, [step]);
    }
  }
  const needs = ({ reads }: Step): ReadonlySet<Step> => new Set(reads.flatMap((part) => touching.get(part) ?? []));
  const order = new Map(steps.map((step, index) => [step, index]));
  const inOrder = (some: readonly Step[]) => [...some].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return strataOf(steps, needs).map((stratum) => {
    const [first] = stratum;
    return { steps: inOrder(stratum), isCircle: stratum.length > 1 || (first !== undefined && needs(first).has(first)) };
  });
}
