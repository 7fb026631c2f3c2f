/** What holds of the forms that we have released, which no generator would make. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseQuestionnaire } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { applyEdit } from './edit.ts';
import { formTable, readFormTable } from './form-table.ts';
import { readItem, writeItem } from './item-settings.ts';
import { danglingIn } from './references.ts';
import { completenessOf, textsOf } from './translations.ts';
import { findItem, linkIdsIn } from './tree.ts';
import { withText } from './write-text.ts';

const FOLDER = path.resolve('flows/consult/forms');
const FORMS = readdirSync(FOLDER).map((file): readonly [string, Questionnaire] => {
  const parsed = parseQuestionnaire(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')));
  if (!parsed.ok) throw new Error(file);
  return [file, parsed.value];
});
const textOf = (value: unknown): string => JSON.stringify(value);

describe.each(FORMS)('%s', (_, questionnaire) => {
  const linkIds = linkIdsIn(questionnaire.item ?? []);

  it('is the same after its settings were read and written', () => {
    for (const linkId of linkIds) {
      const found = findItem(questionnaire, linkId)?.item;
      if (found) expect(writeItem(found, readItem(found))).toBe(found);
    }
  });

  it('is the same after a sheet of it was taken back', () => {
    expect(textOf(readFormTable(formTable(questionnaire), questionnaire).questionnaire)).toBe(textOf(questionnaire));
  });

  it('is the same after an item was renamed and named again as before', () => {
    for (const linkId of linkIds) {
      const there = applyEdit(questionnaire, { kind: 'rename', linkId, to: 'elsewhere' });
      if (there.kind === 'refused') throw new Error(there.code);
      expect(danglingIn(there.questionnaire)).toEqual([]);
      const back = applyEdit(there.questionnaire, { kind: 'rename', linkId: 'elsewhere', to: linkId });
      expect(back.kind === 'done' && textOf(back.questionnaire)).toBe(textOf(questionnaire));
    }
  });

  it('is the same after an item was taken away and put back', () => {
    for (const linkId of linkIds) {
      const found = findItem(questionnaire, linkId);
      const away = applyEdit(questionnaire, { kind: 'remove', linkId });
      if (!found || away.kind === 'refused') throw new Error(linkId);
      const back = applyEdit(away.questionnaire, {
        kind: 'insert',
        item: found.item,
        parent: found.around.at(-1) ?? null,
        index: found.index,
      });
      expect(back.kind === 'done' && textOf(back.questionnaire)).toBe(textOf(questionnaire));
    }
  });

  it('is translated as a whole, and the same after each translation was written', () => {
    const rows = textsOf(questionnaire);
    expect(completenessOf(rows).missing.filter(({ kind }) => kind !== 'unit')).toEqual([]);
    for (const { path: at, translation } of rows) expect(textOf(withText(questionnaire, at, translation))).toBe(textOf(questionnaire));
  });
});
