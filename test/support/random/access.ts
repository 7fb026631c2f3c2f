/** Random forms with rights, viewers, and answers whose texts can be told wherever they come out. */
import fc from 'fast-check';
import type { Viewer } from '#core/form/access/field-access.ts';
import { ACCESS_MODES } from '#core/form/access/rules.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { accessRule } from '../access-rule.ts';

const ELEMENTS = ['fill', 'check'] as const;
const ROLES_USED = ['applicant', 'executor', 'manager'] as const;
const some = <T>(values: readonly T[]): fc.Arbitrary<readonly T[]> => fc.subarray([...values], { maxLength: 2 });

export const randomViewer: fc.Arbitrary<Viewer> = fc.record({
  places: some([...ELEMENTS, null]),
  roles: some(ROLES_USED),
});

const rule = fc
  .record({ mode: fc.constantFrom(...ACCESS_MODES), elements: some(ELEMENTS), roles: some(ROLES_USED), exceptRoles: some(ROLES_USED) })
  .map(({ mode, ...parts }) => accessRule(mode, parts));

interface Shape {
  readonly kind: 'question' | 'group' | 'rows';
  readonly rules: readonly Extension[];
  readonly children: readonly Shape[];
}

const DEPTH = 3;

const shapeOf = (depth: number): fc.Arbitrary<Shape> =>
  fc.record({
    kind: fc.constantFrom('question', 'group', 'rows'),
    rules: fc.array(rule, { maxLength: 2 }),
    children: depth === 0 ? fc.constant([]) : fc.array(shapeOf(depth - 1), { maxLength: 2 }),
  });
const shape = shapeOf(DEPTH);

export const randomGuardedForm: fc.Arbitrary<Questionnaire> = fc.array(shape, { minLength: 1, maxLength: 4 }).map((shapes) => {
  let count = 0;
  const itemOf = ({ kind, rules, children }: Shape): QuestionnaireItem => {
    const item = children.map(itemOf);
    const isGroup = kind !== 'question' && item.length > 0;
    return {
      linkId: `q${count++}`,
      type: isGroup ? 'group' : 'string',
      ...(isGroup && kind === 'rows' ? { repeats: true } : {}),
      ...(rules.length > 0 ? { extension: rules } : {}),
      ...(item.length > 0 ? { item } : {}),
    };
  };
  return { resourceType: 'Questionnaire', status: 'active', item: shapes.map(itemOf) };
});

/** Every question answered, with a text that stands nowhere else: `<mark>-<link id>-<n>` and digits. */
export function markedResponse(questionnaire: Questionnaire, mark: string, rows: number): QuestionnaireResponse {
  let count = 0;
  const fill = (items: readonly QuestionnaireItem[]): readonly ResponseItem[] =>
    items.flatMap(({ linkId, type, repeats, item = [] }): readonly ResponseItem[] => {
      if (type === 'group') {
        const instances = Array.from({ length: repeats ? rows : 1 }, () => fill(item));
        return instances.flatMap((inside) => (inside.length > 0 ? [{ linkId, item: inside }] : repeats ? [{ linkId }] : []));
      }
      const nested = fill(item);
      count += 1;
      const valueString = `${mark}-${linkId}-${1000 + count}`;
      return [{ linkId, answer: [{ valueString, ...(nested.length > 0 ? { item: nested } : {}) }] }];
    });
  const item = fill(questionnaire.item ?? []);
  return { resourceType: 'QuestionnaireResponse', status: 'in-progress', ...(item.length > 0 ? { item } : {}) };
}
