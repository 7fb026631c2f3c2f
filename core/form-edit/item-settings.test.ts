import { describe, expect, it } from 'vitest';
import { rulesOf } from '#core/form/access/rules.ts';
import { assemble } from '#core/form/assemble.ts';
import { allocatedIds, extractionsOf, statedValues } from '#core/form/definition/extractions.ts';
import { fhirModel } from '#core/form/definition/fhir-model.ts';
import { expressionsOf } from '#core/form/expression/expressions.ts';
import { EXTENSION, settingsOf } from '#core/form/extensions.ts';
import { scoreOf } from '#core/form/options.ts';
import type { ItemType, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { control, EVERY_TYPE, form, item } from '#core/form/sample-form.ts';
import { readItem, writeItem } from './item-settings.ts';
import { optionsForEdit } from './option-setting.ts';
import { SETTING_SAMPLES } from './setting-samples.ts';
import { fitsType, PLAIN_SETTINGS, settingsOfType } from './setting-types.ts';
import { findItem } from './tree.ts';
import { typeChangeLoss } from './type-change.ts';

const bare = (type: ItemType): QuestionnaireItem => ({ linkId: 'x', type });
const withoutKeys = (settings: ReturnType<typeof readItem>) => ({
  ...settings,
  options: settings.options.map(({ key: _, ...option }) => option),
});

describe('settings of an item', () => {
  it.each(SETTING_SAMPLES)('of a %s are read as they were written: %o', (type, changes) => {
    const written = writeItem(bare(type), changes);
    expect(withoutKeys(readItem(written))).toEqual({ ...readItem(bare(type)), ...changes });
  });

  it.each(SETTING_SAMPLES)('of a %s leave nothing behind when they are taken away: %o', (type, changes) => {
    const blank = readItem(bare(type));
    const names = Object.keys(changes);
    const away = Object.fromEntries(names.map((name) => [name, Reflect.get(blank, name)]));
    expect(writeItem(writeItem(bare(type), changes), away)).toEqual(bare(type));
  });

  it('are all written somewhere in this test', () => {
    const tested = new Set(SETTING_SAMPLES.flatMap(([, changes]) => Object.keys(changes)));
    expect(PLAIN_SETTINGS.filter((name) => !tested.has(name))).toEqual([]);
  });

  it('are what the form engine reads', () => {
    const written = SETTING_SAMPLES.map(([type, changes]) => writeItem(bare(type), changes));
    expect(settingsOf(written[3] ?? bare('text'))).toMatchObject({ minLength: 2, regex: '[A-Z]+', entryFormat: 'ABC' });
    expect(expressionsOf(written[6] ?? bare('text'))).toMatchObject({ minValue: 'today() - 18 years', maxValue: 'today()' });
    expect(settingsOf(written[12] ?? bare('text')).maxSizeBytes).toBe(5 * 1024 * 1024);
    expect(expressionsOf(written[14] ?? bare('text'))).toMatchObject({ calculated: 'true', initial: 'false', text: "'x'" });
    expect(expressionsOf(written[15] ?? bare('text')).variables).toHaveLength(2);
    expect(expressionsOf(written[16] ?? bare('text')).constraints[0]).toMatchObject({ key: 'k', severity: 'warning', human: '须为真' });
    expect(settingsOf(written[18] ?? bare('text'))).toMatchObject({ minQuantity: { value: 2, code: 'kg' }, maxQuantity: { value: 200 } });
    expect(settingsOf(written[19] ?? bare('text'))).toMatchObject({ showsScores: true, choiceColumns: ['code'] });
    expect(expressionsOf(written[19] ?? bare('text')).toggles).toEqual([
      { options: [{ valueCoding: { code: 'b', display: '乙' } }], expression: 'true' },
    ]);
    expect(settingsOf(written[25] ?? bare('text'))).toMatchObject({
      width: '30%',
      isProtected: true,
      supportLink: 'https://example.org/help',
    });
    expect(scoreOf(written[9]?.answerOption?.[0] ?? {})).toBe(1);
  });

  it('are what extraction and putting together read', () => {
    const [, , begins] = [20, 21, 23].map((index) => SETTING_SAMPLES[index]);
    const group = writeItem(bare('group'), begins?.[1] ?? {});
    expect(extractionsOf(group, form(), fhirModel)).toMatchObject([{ type: 'Patient' }]);
    expect(statedValues(group).map(({ fixed, expression }) => fixed ?? expression)).toEqual(['true', 'female']);
    expect(allocatedIds(group)).toEqual(['patient']);
    const part = writeItem(bare('display'), SETTING_SAMPLES[24]?.[1] ?? {});
    const whole = assemble(form(part), () => form(item('pulse', 'integer')));
    expect(whole).toMatchObject({ kind: 'assembled', questionnaire: { item: [{ linkId: 'left.pulse' }] } });
  });

  it('leave a right of an unknown kind where it is', () => {
    const unknown = { url: EXTENSION.access, extension: [{ url: 'mode', valueCode: 'secret' }] };
    const rule = { mode: 'hidden', elements: ['confirm'], roles: [], exceptRoles: [] } as const;
    const written = writeItem({ ...bare('group'), extension: [unknown] }, { access: [rule] });
    expect(written.extension?.[0]).toBe(unknown);
    expect(rulesOf(written)).toEqual([rule]);
    expect(writeItem(written, { access: [] }).extension).toEqual([unknown]);
  });

  it('leave expressions of other languages where they are', () => {
    const cql = { url: EXTENSION.variable, valueExpression: { name: 'c', language: 'text/cql', expression: 'x' } };
    const written = writeItem({ ...bare('group'), extension: [cql] }, { variables: [{ name: 'a', expression: '1' }] });
    expect(written.extension?.[0]).toBe(cql);
    expect(writeItem(written, { variables: [] }).extension).toEqual([cql]);
  });
});

describe('an option', () => {
  const before: QuestionnaireItem = {
    ...bare('choice'),
    answerOption: [
      {
        valueCoding: {
          system: 's',
          code: 'a',
          display: '甲',
          extension: [{ url: 'urn:unknown' }, { url: EXTENSION.ordinalValue, valueDecimal: 1 }],
        },
      },
      { valueInteger: 7 },
    ],
  };

  it('keeps what is not shown when its code changes', () => {
    const [first, second] = readItem(before).options;
    const written = writeItem(before, { options: second && first ? [second, { ...first, code: 'z', score: 2 }] : [] });
    expect(written.answerOption).toEqual([
      { valueInteger: 7 },
      {
        valueCoding: {
          system: 's',
          code: 'z',
          display: '甲',
          extension: [{ url: 'urn:unknown' }, { url: EXTENSION.ordinalValue, valueDecimal: 2 }],
        },
      },
    ]);
  });

  it('of a value set in the form becomes the item’s own when it is written', () => {
    const department = findItem(EVERY_TYPE, 'department')?.item ?? bare('choice');
    const options = optionsForEdit(EVERY_TYPE, department);
    expect(options.map(({ code }) => code)).toContain('cardiology');
    const written = writeItem(department, { options });
    expect(written.answerValueSet).toBeUndefined();
    expect(readItem(written).options[0]?.translations).toEqual({ en: 'Cardiology' });
  });
});

describe('another type', () => {
  const limited = item('x', 'integer', {
    extension: [control('slider'), { url: EXTENSION.minValue, valueInteger: 1 }],
    initial: [{ valueInteger: 2 }],
  });

  it('loses nothing that it has a use for', () => {
    expect(typeChangeLoss(limited, 'decimal')).toEqual([]);
    expect(writeItem(limited, { type: 'decimal' })).toMatchObject({ type: 'decimal', initial: [{ valueDecimal: 2 }] });
  });

  it('says what it loses, and loses that', () => {
    expect(typeChangeLoss(limited, 'string')).toEqual([
      { kind: 'setting', setting: 'initial' },
      { kind: 'setting', setting: 'minValue' },
      { kind: 'setting', setting: 'itemControl' },
    ]);
    expect(writeItem(limited, { type: 'string' })).toEqual({ linkId: 'x', type: 'string', text: 'x' });
  });

  it('as a display loses the items below it', () => {
    const group = item('g', 'group', {}, [item('a', 'text'), item('b', 'text')]);
    expect(typeChangeLoss(group, 'display')).toEqual([{ kind: 'items', linkIds: ['a', 'b'] }]);
    expect(writeItem(group, { type: 'display' })).toEqual({ linkId: 'g', type: 'display', text: 'g' });
  });

  it('has the settings that an inspector shows for it', () => {
    expect(settingsOfType('display')).not.toContain('required');
    expect(fitsType('unitOptions', 'quantity')).toBe(true);
  });
});
