import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { form, item, when } from '#core/form/sample-form.ts';
import { editableForm, editFrom, editSeed } from '#test/support/random/editable-form.ts';
import { diffForms, isSameForm } from './diff.ts';
import { applyEdit } from './edit.ts';
import { findItem } from './tree.ts';

const option = (code: string, display: string) => ({ valueCoding: { code, display } });
const before = form(
  item('patient', 'group', { text: '患者' }, [item('name', 'string', { text: '姓名' }), item('age', 'integer', { text: '年龄' })]),
  item('urgency', 'choice', { text: '紧急程度', answerOption: [option('low', '常规'), option('high', '紧急'), option('x', '其他')] }),
  item('why', 'text', { text: '原因', enableWhen: [when('age', '>', { answerInteger: 3 })] }),
);
const withItem = (index: number, changed: QuestionnaireItem): Questionnaire => ({
  ...before,
  item: (before.item ?? []).with(index, changed),
});
const second = before.item?.[1] ?? item('', 'text');

describe('between two versions of a form', () => {
  it('nothing differs when nothing was done', () => {
    expect(isSameForm(diffForms(before, structuredClone(before)))).toBe(true);
  });

  it('an item is added or removed, with where it stands', () => {
    const after = withItem(2, item('note', 'string', { text: '备注' }));
    expect(diffForms(before, after)).toMatchObject({
      added: [{ linkId: 'note', type: 'string', place: { parent: null, index: 2, rows: [] } }],
      removed: [{ linkId: 'why', type: 'text' }],
      renamed: [],
      changed: [],
    });
  });

  it('another link id with the same text and type is a rename, and who asks it has not changed', () => {
    const renamed = applyEdit(before, { kind: 'rename', linkId: 'age', to: 'years' });
    if (renamed.kind === 'refused') throw new Error(renamed.code);
    expect(diffForms(before, renamed.questionnaire)).toMatchObject({
      added: [],
      removed: [],
      renamed: [{ from: 'age', to: 'years', by: 'text' }],
      changed: [],
    });
  });

  it('a definition in common is worth more than a text in common', () => {
    const old = form(item('a', 'string', { text: '甲', definition: 'urn:d' }), item('b', 'string', { text: '乙' }));
    const now = form(item('c', 'string', { text: '乙', definition: 'urn:d' }), item('d', 'string', { text: '甲' }));
    expect(diffForms(old, now).renamed).toEqual([{ from: 'a', to: 'c', by: 'definition' }]);
  });

  it('a rename that somebody states is worth more than both', () => {
    const [old, now] = [
      form(item('a', 'string', { text: '甲' })),
      form(item('b', 'integer', { text: '乙' }), item('c', 'string', { text: '甲' })),
    ];
    const diff = diffForms(old, now, [
      { from: 'a', to: 'b' },
      { from: 'nobody', to: 'c' },
    ]);
    expect(diff.renamed).toEqual([{ from: 'a', to: 'b', by: 'statement' }]);
    expect(diff.changed[0]?.settings.map(({ setting }) => setting)).toEqual(['type', 'text']);
    expect(diff.added.map(({ linkId }) => linkId)).toEqual(['c']);
  });

  it('the form itself has changed, also where no setting shows it', () => {
    const after = { ...before, title: '新标题', contained: [{ resourceType: 'ValueSet' as const, id: 'x' }] };
    expect(diffForms(before, after).form.map(({ path }) => path)).toEqual(['title', 'contained']);
  });

  it('texts that several items have pair within their groups, which pair first', () => {
    const two = (name: string) =>
      form(
        item(`${name}1`, 'group', { text: '一' }, [item(`${name}1.note`, 'string', { text: '备注' })]),
        item(`${name}2`, 'group', { text: '二' }, [item(`${name}2.note`, 'string', { text: '备注' })]),
      );
    expect(diffForms(two('a'), two('b')).renamed.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'a1 b1',
      'a1.note b1.note',
      'a2 b2',
      'a2.note b2.note',
    ]);
  });

  it('what could be either of two items is neither', () => {
    const after = form(item('n1', 'string', { text: '备注' }), item('n2', 'string', { text: '备注' }));
    expect(diffForms(form(item('n', 'string', { text: '备注' })), after)).toMatchObject({ renamed: [], removed: [{ linkId: 'n' }] });
  });

  it('a setting has changed from one value to another', () => {
    const after = withItem(2, item('why', 'string', { text: '理由', required: true }));
    expect(diffForms(before, after).changed).toEqual([
      {
        linkId: 'why',
        type: 'string',
        settings: [
          { setting: 'type', before: 'text', after: 'string' },
          { setting: 'text', before: '原因', after: '理由' },
          { setting: 'required', before: false, after: true },
          { setting: 'enableWhen', before: [when('age', '>', { answerInteger: 3 })], after: [] },
        ],
        options: null,
        others: [],
      },
    ]);
  });

  it('options are added, removed, renamed and worded anew', () => {
    const after = withItem(1, { ...second, answerOption: [option('urgent', '紧急'), option('low', '平常'), option('y', '未知')] });
    expect(diffForms(before, after).changed[0]?.options).toMatchObject({
      added: [{ code: 'y' }],
      removed: [{ code: 'x' }],
      renamed: [{ before: { code: 'high' }, after: { code: 'urgent' } }],
      changed: [{ before: { display: '常规' }, after: { display: '平常' } }],
      isReordered: false,
    });
  });

  it('what no setting shows is told by its path', () => {
    const after = withItem(1, { ...second, extension: [{ url: 'urn:unknown', valueString: 'x' }] });
    expect(diffForms(before, after).changed[0]?.others.map(({ path }) => path)).toEqual(['extension']);
  });

  it('an item that goes past its neighbours is the one that moved', () => {
    const [first, ...others] = before.item ?? [];
    const after = { ...before, item: first ? [...others, first] : [] };
    expect(diffForms(before, after).moved.map(({ linkId }) => linkId)).toEqual(['patient']);
  });

  it('a move tells the repeating groups around it', () => {
    const table = item('table', 'group', { repeats: true }, [item('cell', 'string', { text: '单元' }), item('rest', 'string')]);
    const after = form(item('cell', 'string', { text: '单元' }), { ...table, item: table.item?.slice(1) ?? [] });
    expect(diffForms(form(table), after).moved).toEqual([
      {
        linkId: 'cell',
        type: 'string',
        from: { parent: 'table', index: 0, rows: ['table'] },
        to: { parent: null, index: 0, rows: [] },
      },
    ]);
  });

  it('whatever is edited is seen, and nothing else', () => {
    fc.assert(
      fc.property(editableForm, editSeed, (questionnaire, seed) => {
        const edit = editFrom(questionnaire, seed);
        const result = applyEdit(questionnaire, edit);
        if (result.kind === 'refused') return;
        const diff = diffForms(questionnaire, result.questionnaire);
        const isChanged = JSON.stringify(result.questionnaire) !== JSON.stringify(questionnaire);
        expect(isSameForm(diff)).toBe(!isChanged);
        if (edit.kind === 'move' && isChanged) expect(diff.moved.length).toBeGreaterThan(0);
        if (edit.kind === 'remove') expect(diff.removed.map(({ linkId }) => linkId)).toContain(edit.linkId);
        for (const { linkId } of diff.changed) expect(findItem(result.questionnaire, linkId)).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
