import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuestionnaire } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { EVERY_TYPE, fact, form, item, when } from '#core/form/sample-form.ts';
import { editableForm, editFrom, editSeed, unknownIn } from '#test/support/random/editable-form.ts';
import { applyEdit, type FormEdit } from './edit.ts';
import { readItem } from './item-settings.ts';
import { danglingIn, usesOf } from './references.ts';
import { findItem, linkIdsIn, parentOf } from './tree.ts';

const done = (questionnaire: Questionnaire, edit: FormEdit): Questionnaire => {
  const result = applyEdit(questionnaire, edit);
  if (result.kind === 'refused') throw new Error(`${result.code} ${JSON.stringify(result.data)}`);
  return result.questionnaire;
};

const ward = form(
  item('ward', 'group', {}, [
    item('ward.bed', 'integer', { extension: [fact('bed')] }),
    item('ward.why', 'text', { enableWhen: [when('ward.bed', '>', { answerInteger: 3 })] }),
  ]),
  item('note', 'display'),
  item('sum', 'integer', {
    extension: [
      {
        url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
        valueExpression: {
          language: 'text/fhirpath',
          expression: "%resource.item.where(linkId = 'ward').item.where('ward.bed'=linkId).answer.value",
        },
      },
    ],
  }),
);

describe('an edit is refused', () => {
  it.each<[string, FormEdit, string]>([
    ['of an item that is not there', { kind: 'remove', linkId: 'x' }, 'item-unknown'],
    ['into a parent that is not there', { kind: 'insert', item: item('x', 'text'), parent: 'y', index: 0 }, 'parent-unknown'],
    ['that brings a link id twice', { kind: 'insert', item: item('sum', 'text'), parent: null, index: 0 }, 'link-id-taken'],
    ['that names an item as another is named', { kind: 'rename', linkId: 'sum', to: 'ward' }, 'link-id-taken'],
    ['that gives an empty name', { kind: 'rename', linkId: 'sum', to: ' ' }, 'link-id-invalid'],
    ['that moves a group into itself', { kind: 'move', linkId: 'ward', parent: 'ward', index: 0 }, 'into-itself'],
    ['that moves an item below a display', { kind: 'move', linkId: 'sum', parent: 'note', index: 0 }, 'below-display'],
    ['that limits the length of a number', { kind: 'set', linkId: 'sum', changes: { maxLength: 3 } }, 'setting-foreign'],
    ['that makes a whole form required', { kind: 'set', linkId: null, changes: { required: true } }, 'setting-foreign'],
  ])('%s', (_, edit, code) => {
    expect(applyEdit(ward, edit)).toMatchObject({ kind: 'refused', code });
  });
});

describe('settings that are sent along unchanged', () => {
  it('are kept where a form from elsewhere has them against the rules', () => {
    const odd = form({ ...item('q', 'string'), answerOption: [{ valueString: 'x' }] });
    const { linkId: _, ...settings } = readItem(odd.item?.[0] ?? item('', 'text'));
    const changed = done(odd, { kind: 'set', linkId: 'q', changes: { ...settings, required: true } });
    expect(changed.item?.[0]).toEqual({ ...odd.item?.[0], required: true });
  });

  it('are dropped where a new type has no use for them', () => {
    const { linkId: _, ...settings } = readItem(ward.item?.[2] ?? item('', 'text'));
    const changed = done(ward, { kind: 'set', linkId: 'sum', changes: { ...settings, type: 'display' } });
    expect(changed.item?.[2]).toEqual({ linkId: 'sum', type: 'display', text: 'sum' });
  });
});

describe('a rename', () => {
  it('is followed by conditions and by expressions, whichever way they compare', () => {
    const renamed = done(ward, { kind: 'rename', linkId: 'ward.bed', to: "bed's" });
    expect(findItem(renamed, 'ward.why')?.item.enableWhen?.[0]?.question).toBe("bed's");
    expect(readItem(findItem(renamed, 'sum')?.item ?? item('', 'text')).calculatedExpression).toBe(
      "%resource.item.where(linkId = 'ward').item.where('bed\\'s'=linkId).answer.value",
    );
    expect(danglingIn(renamed)).toEqual([]);
  });

  it('leaves the same text alone where it is no link id', () => {
    const source = "%resource.where(code = 'sum').where(linkId in ('sum' | 'ward')).select('sum') /* linkId = 'sum' */";
    const with_ = done(ward, { kind: 'set', linkId: 'ward', changes: { variables: [{ name: 'v', expression: source }] } });
    const renamed = done(with_, { kind: 'rename', linkId: 'sum', to: 'total' });
    expect(readItem(findItem(renamed, 'ward')?.item ?? item('', 'text')).variables[0]?.expression).toBe(
      "%resource.where(code = 'sum').where(linkId in ('total' | 'ward')).select('sum') /* linkId = 'sum' */",
    );
  });

  it('is followed in constraints, toggles and texts that are computed', () => {
    const expression = "linkId = 'sum'";
    const constrained = form(item('sum', 'integer'), {
      ...item('x', 'choice'),
      _text: {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/cqf-expression', valueExpression: { language: 'text/fhirpath', expression } },
        ],
      },
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-constraint',
          extension: [{ url: 'expression', valueString: expression }],
        },
        {
          url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerOptionsToggleExpression',
          extension: [{ url: 'expression', valueExpression: { language: 'text/fhirpath', expression } }],
        },
      ],
    });
    const renamed = JSON.stringify(done(constrained, { kind: 'rename', linkId: 'sum', to: 'total' }));
    expect(renamed.match(/linkId = 'total'/g)).toHaveLength(3);
    expect(renamed).not.toContain("'sum'");
  });
});

describe('a duplicate', () => {
  it('has link ids of its own, asks its own questions and gives no fact twice', () => {
    const copy = findItem(done(ward, { kind: 'duplicate', linkId: 'ward' }), 'ward-2')?.item;
    expect(linkIdsIn([copy ?? item('', 'text')])).toEqual(['ward-2', 'ward-2.bed', 'ward-2.why']);
    expect(copy?.item?.[1]?.enableWhen?.[0]?.question).toBe('ward-2.bed');
    expect(copy?.item?.[0]?.extension).toBeUndefined();
  });
});

describe('a group that is inserted', () => {
  it('takes free link ids where its own are taken', () => {
    const inserted = done(ward, { kind: 'insert-group', items: ward.item ?? [], parent: null, index: 99 });
    expect(inserted.item?.map(({ linkId }) => linkId)).toEqual(['ward', 'note', 'sum', 'ward-2', 'note-2', 'sum-2']);
  });
});

describe('an option that gets another code', () => {
  const coded = form(
    item('q', 'choice', {
      answerOption: [
        { valueCoding: { system: 's', code: 'a', display: '甲' } },
        { valueCoding: { system: 's', code: 'b', display: '乙' } },
      ],
      initial: [{ valueCoding: { system: 's', code: 'a', display: '甲' } }],
    }),
    item('why', 'text', {
      enableWhen: [when('q', '=', { answerCoding: { code: 'a' } }), when('q', '!=', { answerCoding: { code: 'b' } })],
      enableBehavior: 'all',
    }),
  );
  const options = readItem(coded.item?.[0] ?? item('', 'text')).options;

  it('is asked for by the new one, and back', () => {
    const renamed = done(coded, {
      kind: 'set-options',
      linkId: 'q',
      options: options.map((option) => (option.code === 'a' ? { ...option, code: 'z' } : option)),
    });
    expect(renamed.item?.[0]?.initial?.[0]?.valueCoding).toEqual({ system: 's', code: 'z', display: '甲' });
    expect(renamed.item?.[1]?.enableWhen?.map(({ answerCoding }) => answerCoding?.code)).toEqual(['z', 'b']);
    const now = readItem(renamed.item?.[0] ?? item('', 'text')).options;
    const back = done(renamed, {
      kind: 'set-options',
      linkId: 'q',
      options: now.map((option) => (option.code === 'z' ? { ...option, code: 'a' } : option)),
    });
    expect(JSON.stringify(back)).toBe(JSON.stringify(coded));
  });

  it('is asked for by the old one where another option has that now', () => {
    const [first, second] = options;
    if (!first || !second) throw new Error('two');
    const swapped = done(coded, {
      kind: 'set-options',
      linkId: 'q',
      options: [
        { ...first, code: 'b' },
        { ...second, code: 'a' },
      ],
    });
    expect(swapped.item?.[1]).toBe(coded.item?.[1]);
  });
});

describe('whoever is asked', () => {
  it('is named with who asks', () => {
    expect(usesOf(ward, new Set(['ward.bed']))).toEqual([
      { linkId: 'ward.why', kind: 'condition' },
      { linkId: 'sum', kind: 'expression' },
    ]);
  });
});

describe('whatever form and whatever edit', () => {
  const RUNS = { numRuns: 200 };
  const text = (value: unknown): string => JSON.stringify(value);

  it('an item inserted and removed leaves no trace', () => {
    fc.assert(
      fc.property(editableForm, editSeed, (questionnaire, seed) => {
        const edit = editFrom(questionnaire, { ...seed, kind: 0 });
        const inserted = done(questionnaire, edit);
        if (edit.kind === 'insert') expect(text(done(inserted, { kind: 'remove', linkId: edit.item.linkId }))).toBe(text(questionnaire));
      }),
      RUNS,
    );
  });

  it('an item removed and inserted again leaves no trace', () => {
    fc.assert(
      fc.property(editableForm, fc.nat(40), (questionnaire, at) => {
        const ids = linkIdsIn(questionnaire.item ?? []);
        const found = findItem(questionnaire, ids[at % ids.length] ?? '');
        if (!found) return;
        const removed = done(questionnaire, { kind: 'remove', linkId: found.item.linkId });
        const back = done(removed, { kind: 'insert', item: found.item, parent: parentOf(found), index: found.index });
        expect(text(back)).toBe(text(questionnaire));
      }),
      RUNS,
    );
  });

  it('an item moved away and back leaves no trace', () => {
    fc.assert(
      fc.property(editableForm, editSeed, (questionnaire, seed) => {
        const edit = editFrom(questionnaire, { ...seed, kind: 2 });
        const found = edit.kind === 'move' ? findItem(questionnaire, edit.linkId) : null;
        const result = applyEdit(questionnaire, edit);
        if (!found || result.kind === 'refused') return;
        const back = done(result.questionnaire, { kind: 'move', linkId: found.item.linkId, parent: parentOf(found), index: found.index });
        expect(text(back)).toBe(text(questionnaire));
      }),
      RUNS,
    );
  });

  it('an item renamed and named again as before leaves no trace', () => {
    fc.assert(
      fc.property(editableForm, editSeed, (questionnaire, seed) => {
        const edit = editFrom(questionnaire, { ...seed, kind: 5 });
        if (edit.kind !== 'rename') return;
        const renamed = done(questionnaire, edit);
        expect(danglingIn(renamed)).toEqual(danglingIn(questionnaire));
        expect(text(done(renamed, { kind: 'rename', linkId: edit.to, to: edit.linkId }))).toBe(text(questionnaire));
      }),
      RUNS,
    );
  });

  it('a setting set and set back leaves no trace', () => {
    fc.assert(
      fc.property(editableForm, editSeed, (questionnaire, seed) => {
        const edit = editFrom(questionnaire, { ...seed, kind: 7 });
        const found = edit.kind === 'set' ? findItem(questionnaire, edit.linkId ?? '') : null;
        const result = applyEdit(questionnaire, edit);
        if (edit.kind !== 'set' || !found || result.kind === 'refused') return;
        const before = readItem(found.item);
        const changes = Object.fromEntries(Object.keys(edit.changes).map((name) => [name, Reflect.get(before, name)]));
        expect(text(done(result.questionnaire, { ...edit, changes }))).toBe(text(questionnaire));
      }),
      RUNS,
    );
  });

  it('all settings read and written leave no trace', () => {
    fc.assert(
      fc.property(editableForm, fc.nat(40), (questionnaire, at) => {
        const ids = linkIdsIn(questionnaire.item ?? []);
        const linkId = ids[at % ids.length] ?? '';
        const { linkId: _, ...changes } = readItem(findItem(questionnaire, linkId)?.item ?? item('', 'text'));
        expect(text(done(questionnaire, { kind: 'set', linkId, changes }))).toBe(text(questionnaire));
      }),
      RUNS,
    );
  });

  it('nothing unknown is lost but with what is removed', () => {
    fc.assert(
      fc.property(editableForm, editSeed, (questionnaire, seed) => {
        const edit = editFrom(questionnaire, seed);
        const result = applyEdit(questionnaire, edit);
        const isRemoval = edit.kind === 'remove' || edit.kind === 'set-options' || (edit.kind === 'set' && edit.changes.type);
        if (result.kind === 'refused' || isRemoval) return;
        expect(unknownIn(result.questionnaire)).toEqual(unknownIn(questionnaire));
      }),
      RUNS,
    );
  });

  it('a form stays one that can be read, with each link id once', () => {
    fc.assert(
      fc.property(editableForm, fc.array(editSeed, { maxLength: 6 }), (questionnaire, seeds) => {
        let at = questionnaire;
        for (const seed of seeds) {
          const result = applyEdit(at, editFrom(at, seed));
          if (result.kind === 'done') at = result.questionnaire;
        }
        expect(parseQuestionnaire(at)).toMatchObject({ ok: true });
        const ids = linkIdsIn(at.item ?? []);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
  });

  it('the sample with every type keeps its text through every setting', () => {
    for (const linkId of linkIdsIn(EVERY_TYPE.item ?? [])) {
      const { linkId: _, ...changes } = readItem(findItem(EVERY_TYPE, linkId)?.item ?? item('', 'text'));
      expect(text(done(EVERY_TYPE, { kind: 'set', linkId, changes }))).toBe(text(EVERY_TYPE));
    }
  });
});
