import { describe, expect, it } from 'vitest';
import { rulesOf } from '#core/form/access/rules.ts';
import { expressionsOf, scoreOf } from '#core/form/expression/expressions.ts';
import { EXTENSION, settingsOf } from '#core/form/extensions.ts';
import type { ItemType, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { control, EVERY_TYPE, item } from '#core/form/sample-form.ts';
import type { ItemChanges } from './item-changes.ts';
import { readItem, writeItem } from './item-settings.ts';
import { anOption, optionsForEdit } from './option-setting.ts';
import { fitsType, PLAIN_SETTINGS, settingsOfType } from './setting-types.ts';
import { findItem } from './tree.ts';
import { typeChangeLoss } from './type-change.ts';

const VALUES: readonly (readonly [ItemType, Partial<ItemChanges>])[] = [
  ['string', { text: '姓名', translations: { en: 'Name' }, prefix: '1.' }],
  ['string', { help: { text: '照身份证填写', translations: { en: 'As on the identity card' } } }],
  ['string', { required: true, repeats: true, readOnly: true, hidden: true }],
  ['string', { minLength: 2, maxLength: 20, regex: '[A-Z]+', entryFormat: 'ABC' }],
  [
    'integer',
    { minValue: { valueInteger: 1 }, maxValue: { valueInteger: 5 }, initial: [{ valueInteger: 3 }], sliderStep: 1, itemControl: 'slider' },
  ],
  ['decimal', { decimals: 1, unit: { code: 'Cel', display: '℃' } }],
  ['date', { minValueExpression: 'today() - 18 years', maxValueExpression: 'today()' }],
  [
    'quantity',
    {
      unitOptions: [
        { code: 'kg', display: 'kg' },
        { code: 'g', display: 'g' },
      ],
    },
  ],
  ['group', { repeats: true, minOccurs: 1, maxOccurs: 4, itemControl: 'gtable', collapsible: 'default-closed' }],
  ['choice', { options: [anOption('a', '甲', { score: 1, translations: { en: 'A' } }), anOption('n', '无', { exclusive: true })] }],
  ['choice', { choiceOrientation: 'horizontal', answerValueSet: '#departments', answerExpression: '%x' }],
  ['reference', { referenceKind: 'room', signature: true, fact: 'room' }],
  ['attachment', { mimeTypes: ['image/*', 'application/pdf'], maxSizeMegabytes: 5 }],
  [
    'boolean',
    { enableWhen: [{ question: 'a', operator: 'exists', answerBoolean: true }], enableBehavior: 'any', enableWhenExpression: '1 = 1' },
  ],
  ['boolean', { calculatedExpression: 'true', initialExpression: 'false', textExpression: "'x'" }],
  [
    'group',
    {
      variables: [
        { name: 'a', expression: '1' },
        { name: 'b', expression: '%a + 1' },
      ],
    },
  ],
  ['group', { constraints: [{ key: 'k', expression: 'true', human: '须为真', translations: { en: 'Must hold' }, severity: 'warning' }] }],
  [
    'string',
    {
      access: [
        { mode: 'masked', elements: [], roles: ['executor'], exceptRoles: [] },
        { mode: 'required', elements: ['correct'], roles: [], exceptRoles: ['manager'] },
      ],
    },
  ],
];

const bare = (type: ItemType): QuestionnaireItem => ({ linkId: 'x', type });
const withoutKeys = (settings: ReturnType<typeof readItem>) => ({
  ...settings,
  options: settings.options.map(({ key: _, ...option }) => option),
});

describe('settings of an item', () => {
  it.each(VALUES)('of a %s are read as they were written: %o', (type, changes) => {
    const written = writeItem(bare(type), changes);
    expect(withoutKeys(readItem(written))).toEqual({ ...readItem(bare(type)), ...changes });
  });

  it.each(VALUES)('of a %s leave nothing behind when they are taken away: %o', (type, changes) => {
    const blank = readItem(bare(type));
    const names = Object.keys(changes);
    const away = Object.fromEntries(names.map((name) => [name, Reflect.get(blank, name)]));
    expect(writeItem(writeItem(bare(type), changes), away)).toEqual(bare(type));
  });

  it('are all written somewhere in this test', () => {
    const tested = new Set(VALUES.flatMap(([, changes]) => Object.keys(changes)));
    expect(PLAIN_SETTINGS.filter((name) => !tested.has(name))).toEqual([]);
  });

  it('are what the form engine reads', () => {
    const written = VALUES.map(([type, changes]) => writeItem(bare(type), changes));
    expect(settingsOf(written[3] ?? bare('text'))).toMatchObject({ minLength: 2, regex: '[A-Z]+', entryFormat: 'ABC' });
    expect(expressionsOf(written[6] ?? bare('text'))).toMatchObject({ minValue: 'today() - 18 years', maxValue: 'today()' });
    expect(settingsOf(written[12] ?? bare('text')).maxSizeBytes).toBe(5 * 1024 * 1024);
    expect(expressionsOf(written[14] ?? bare('text'))).toMatchObject({ calculated: 'true', initial: 'false', text: "'x'" });
    expect(expressionsOf(written[15] ?? bare('text')).variables).toHaveLength(2);
    expect(expressionsOf(written[16] ?? bare('text')).constraints[0]).toMatchObject({ key: 'k', severity: 'warning', human: '须为真' });
    expect(scoreOf(written[9]?.answerOption?.[0] ?? {})).toBe(1);
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
