import { describe, expect, it } from 'vitest';
import { form, item } from '#core/form/sample-form.ts';
import { applyEdit } from '#core/form-edit/edit.ts';
import { linkIdsIn } from '#core/form-edit/tree.ts';
import { placeAt } from './places.ts';

const FORM = form(
  item('a', 'string'),
  item('g', 'group', {}, [item('b', 'string'), item('inner', 'group', {}, [item('c', 'string')])]),
  item('d', 'string'),
);

type Target = Parameters<typeof placeAt>[1];
const at = (side: Target['side'], linkId: string | null): Target => ({ side, linkId });

describe('an item that is dropped', () => {
  it.each([
    ['a', at('after', 'd'), 'g b inner c d a'],
    ['d', at('before', 'a'), 'd a g b inner c'],
    ['a', at('before', 'c'), 'g b inner a c d'],
    ['c', at('inside', 'g'), 'a g c b inner d'],
    ['b', at('inside', null), 'a g inner c d b'],
    ['inner', at('after', 'a'), 'a inner c g b d'],
  ])('%s %o stands there', (moved, target, order) => {
    const place = placeAt(FORM, target, moved);
    if (!place) throw new Error('no place');
    const result = applyEdit(FORM, { kind: 'move', linkId: moved, ...place });
    expect(result.kind === 'done' && linkIdsIn(result.questionnaire.item ?? []).join(' ')).toBe(order);
  });

  it.each([
    ['where it stands', 'a', at('before', 'g')],
    ['where it stands, behind its neighbour', 'd', at('after', 'g')],
    ['in itself', 'g', at('inside', 'inner')],
    ['beside what stands in it', 'g', at('before', 'c')],
    ['beside nothing', 'a', at('before', 'none')],
  ])('has no place %s', (_, moved, target) => {
    expect(placeAt(FORM, target, moved)).toBeNull();
  });

  it('may be new', () => {
    expect(placeAt(FORM, at('after', 'b'), null)).toEqual({ parent: 'g', index: 1 });
    expect(placeAt(form(), at('inside', null), null)).toEqual({ parent: null, index: 0 });
  });
});
