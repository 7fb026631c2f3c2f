/** Questions whose answer follows from itself, or that are there only if they are answered: what they come to depends on where one begins. */
import { allItems } from '../items.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { expressionsOf } from './expressions.ts';
import type { CompiledExpression, Program } from './program.ts';

const known = new WeakMap<Program, ReadonlySet<string>>();

/** Link ids, in the order of the form. */
export function circlesIn(questionnaire: Questionnaire, program: Program): ReadonlySet<string> {
  const found = known.get(program) ?? findCircles(questionnaire, program);
  known.set(program, found);
  return found;
}

function findCircles(questionnaire: Questionnaire, program: Program): ReadonlySet<string> {
  const reads = new Map<string, ReadonlySet<string>>();
  const collect = (items: readonly QuestionnaireItem[], around: readonly QuestionnaireItem[]): void => {
    for (const item of items) {
      const { calculated, enableWhen } = expressionsOf(item);
      const scope = [item, ...around];
      const parent = around[0] ? [around[0].linkId] : [];
      const own = [calculated, enableWhen].flatMap((source) =>
        source === undefined ? [] : [...readsOf(questionnaire, program, source, scope)],
      );
      const asked = (item.enableWhen ?? []).map(({ question }) => question);
      reads.set(item.linkId, new Set([...parent, ...own, ...asked]));
      collect(item.item ?? [], scope);
    }
  };
  collect(questionnaire.item ?? [], []);
  const computed = allItems(questionnaire.item ?? []).filter((item) => {
    const { calculated, enableWhen } = expressionsOf(item);
    return calculated !== undefined || enableWhen !== undefined;
  });
  return new Set(computed.filter(({ linkId }) => reaches(reads, linkId)).map(({ linkId }) => linkId));
}

/** Link ids, through the variables that are in scope. */
function readsOf(
  questionnaire: Questionnaire,
  program: Program,
  source: string,
  scope: readonly QuestionnaireItem[],
  seen: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const expression: CompiledExpression | null = program.expression(source, 'QuestionnaireResponse.item');
  const found = new Set<string>(expression?.asked);
  for (const name of expression?.names ?? []) {
    if (seen.has(name)) continue;
    const variable = [...scope, questionnaire].flatMap((holder) => expressionsOf(holder).variables).find((each) => each.name === name);
    if (!variable) continue;
    for (const linkId of readsOf(questionnaire, program, variable.expression, scope, new Set([...seen, name]))) found.add(linkId);
  }
  return found;
}

export function reaches(reads: ReadonlyMap<string, ReadonlySet<string>>, start: string): boolean {
  const seen = new Set<string>();
  const open = [...(reads.get(start) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === start) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(reads.get(at) ?? []));
  }
  return false;
}
