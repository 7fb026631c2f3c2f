import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY_TYPE, form, item } from '#core/form/sample-form.ts';
import { LAYOUTS_FORM } from '#core/form/sample-layouts.ts';
import { editableForm } from '#test/support/random/editable-form.ts';
import { FIELD_GROUPS } from './field-library.ts';
import { writeItem } from './item-settings.ts';
import { isSame } from './members.ts';
import { readTextTable, textTable } from './text-table.ts';
import { completenessOf, TEXT_KINDS, textsOf } from './translations.ts';
import { withText, withTexts } from './write-text.ts';

const library = form(...FIELD_GROUPS.map(({ item: each }) => each));
const short = form(writeItem(item('q', 'string'), { shortText: { text: '短', translations: { en: 'Short' } } }));

describe('the texts of a form', () => {
  it('are of every kind, each once', () => {
    const rows = [EVERY_TYPE, library, LAYOUTS_FORM, short].flatMap((sample) => textsOf(sample));
    const kinds = new Set(rows.map(({ path }) => path.kind));
    expect(TEXT_KINDS.filter((kind) => !kinds.has(kind))).toEqual(['description']);
    const paths = textsOf(EVERY_TYPE).map(({ path }) => JSON.stringify(path));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('tell what is not translated', () => {
    const rows = textsOf(EVERY_TYPE);
    const { total, translated, missing } = completenessOf(rows);
    expect(total).toBe(rows.length);
    expect(translated + missing.length).toBe(total);
    expect(missing.every(({ kind }) => kind === 'unit')).toBe(true);
    expect(completenessOf(textsOf(library)).missing.every(({ kind }) => kind === 'unit')).toBe(true);
  });

  it('of a value set in the form are its designations', () => {
    const path = { linkId: '#departments', kind: 'option', part: 'cardiology' } as const;
    expect(textsOf(EVERY_TYPE).find((row) => isSame(row.path, path))).toMatchObject({ source: '心内科', translation: 'Cardiology' });
    const changed = withText(EVERY_TYPE, path, 'Heart');
    expect(textsOf(changed).find((row) => isSame(row.path, path))?.translation).toBe('Heart');
    expect(JSON.stringify(withText(changed, path, 'Cardiology'))).toBe(JSON.stringify(EVERY_TYPE));
  });

  it('are written one by one, and nothing else changes', () => {
    for (const sample of [EVERY_TYPE, library, LAYOUTS_FORM, short]) {
      for (const { path, translation } of textsOf(sample)) {
        const changed = withText(sample, path, 'Other words');
        const rows = textsOf(changed);
        expect(rows.filter((row) => row.translation === 'Other words').map((row) => row.path)).toEqual([path]);
        expect(JSON.stringify(withText(changed, path, translation))).toBe(JSON.stringify(sample));
      }
    }
  });

  it('that are not there change nothing', () => {
    expect(withText(EVERY_TYPE, { linkId: 'nobody', kind: 'text', part: '' }, 'x')).toBe(EVERY_TYPE);
    expect(withText(EVERY_TYPE, { linkId: 'age', kind: 'help', part: '' }, 'x')).toBe(EVERY_TYPE);
  });

  it('go to a sheet and come back', () => {
    fc.assert(
      fc.property(editableForm, (questionnaire) => {
        const rows = textsOf(questionnaire);
        const translated = rows.map((row) => ({ ...row, translation: row.translation || `T ${row.source}` }));
        const read = readTextTable(textTable(translated), questionnaire);
        expect(read).toEqual({ rows: translated, problems: [] });
        const written = withTexts(questionnaire, read.rows);
        expect(completenessOf(textsOf(written)).missing).toEqual([]);
        expect(textsOf(written)).toEqual(translated);
      }),
      { numRuns: 100 },
    );
  });

  it('that do not belong to the form, or have changed since, are told by row', () => {
    const asked = form(item('a', 'string', { text: '新的文字' }));
    const table = [
      ['translation', 'source', 'part', 'kind', 'linkId'],
      ['A', '旧的文字', '', 'text', 'a'],
      ['B', 'x', '', 'text', 'b'],
      ['C', 'x', '', 'poem', 'a'],
      ['', '新的文字', '', 'text', 'a'],
      ['D', '新的文字', '', 'text', 'a'],
      ['E', '新的文字', '', 'text', 'a'],
    ];
    const { rows, problems } = readTextTable(table, asked);
    expect(problems.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '2 source-changed',
      '3 path-unknown',
      '4 kind-unknown',
      '7 path-twice',
    ]);
    expect(rows.map(({ translation }) => translation)).toEqual(['D']);
    expect(readTextTable([['x']], asked).problems[0]?.code).toBe('heading-missing');
  });
});
