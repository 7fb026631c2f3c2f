import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankResponse } from '#core/form/blank.ts';
import { a, answers, EVERY_TYPE, EVERY_TYPE_FILLED, form, g, item } from '#core/form/sample-form.ts';
import { answersAt, type BuiltBefore, blankRow, createRowIds, keyOf, ROOT_ROW, responseOf, rowsAt, valuesOf } from './model.ts';

describe('the flat form', () => {
  it('gives back the response that it was made from', () => {
    const values = valuesOf(EVERY_TYPE, EVERY_TYPE_FILLED, createRowIds());
    expect(responseOf(EVERY_TYPE, values, EVERY_TYPE_FILLED).response).toEqual(EVERY_TYPE_FILLED);
    const blank = blankResponse(EVERY_TYPE);
    expect(responseOf(EVERY_TYPE, valuesOf(EVERY_TYPE, blank, createRowIds()), blank).response).toEqual(blank);
  });

  it('keeps the keys of a row when the row before it goes', () => {
    const questionnaire = form(item('row', 'group', { repeats: true }, [item('x', 'integer')]));
    const values = valuesOf(questionnaire, answers(...[1, 2, 3].map((n) => g('row', a('x', { valueInteger: n })))), createRowIds());
    const key = keyOf(ROOT_ROW, 'row');
    const shorter = { ...values, [key]: rowsAt(values, key).slice(1) };
    expect(answersAt(shorter, keyOf('r2', 'x'))).toEqual([{ valueInteger: 2 }]);
    expect(responseOf(questionnaire, shorter, answers()).response.item).toEqual([2, 3].map((n) => g('row', a('x', { valueInteger: n }))));
  });

  it('knows the field of every path in an issue', () => {
    const values = valuesOf(EVERY_TYPE, EVERY_TYPE_FILLED, createRowIds());
    const { keys } = responseOf(EVERY_TYPE, values, EVERY_TYPE_FILLED);
    expect(keys.get('clinical/vitals[1]/vital-note')).toBe('r2_vital-note');
    expect(keys.get('clinical/allergies#1')).toBe('f_allergies');
    expect(keys.get('clinical/vitals[0]')).toBe('f_vitals');
  });

  it('leaves out answers that are being typed', () => {
    const questionnaire = form(item('x', 'string', { repeats: true }));
    const values = { [keyOf(ROOT_ROW, 'x')]: [{ valueString: 'a' }, {}, { valueString: 'b' }] };
    expect(responseOf(questionnaire, values, answers()).response.item).toEqual([a('x', { valueString: 'a' }, { valueString: 'b' })]);
  });

  it('has a key of its own for every link id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
        const [first, second] = [keyOf('r1', one), keyOf('r1', other)];
        expect(first).toMatch(/^r1_[A-Za-z0-9_-]*$/);
        expect(first === second).toBe(one === other);
      }),
    );
  });

  it('starts a row with initial values', () => {
    const group = item('row', 'group', { repeats: true }, [
      item('x', 'integer', { initial: [{ valueInteger: 7 }] }),
      item('inner', 'group', { repeats: true }),
    ]);
    expect(blankRow(group, 'r9')).toEqual({ r9_x: [{ valueInteger: 7 }], r9_inner: [] });
  });
});

it('what did not change is the same object when the response is built again', () => {
  const questionnaire = form(
    item('g', 'group', {}, [item('x', 'integer'), item('y', 'integer')]),
    item('row', 'group', { repeats: true }, [item('z', 'integer')]),
  );
  const given = answers(g('g', a('x', { valueInteger: 1 }), a('y', { valueInteger: 2 })), g('row', a('z', { valueInteger: 3 })));
  const values = valuesOf(questionnaire, given, createRowIds());
  const before: BuiltBefore = new Map();
  const built = () => responseOf(questionnaire, values, given, before).response.item ?? [];
  const [group, row] = built();
  values.f_x = [{ valueInteger: 9 }];
  const [otherGroup, sameRow] = built();
  expect(otherGroup).toEqual(g('g', a('x', { valueInteger: 9 }), a('y', { valueInteger: 2 })));
  expect(otherGroup?.item?.[1]).toBe(group?.item?.[1]);
  expect(sameRow).toBe(row);
});
