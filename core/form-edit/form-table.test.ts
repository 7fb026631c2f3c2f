import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXTENSION } from '#core/form/extensions.ts';
import { parseQuestionnaire } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { EVERY_TYPE, form, item, when } from '#core/form/sample-form.ts';
import { editableForm, unknownIn } from '#test/support/random/editable-form.ts';
import { FIELD_GROUPS } from './field-library.ts';
import { FORM_SETTINGS, type FormSettingName, writeForm } from './form-settings.ts';
import { formTable, readFormTable } from './form-table.ts';
import type { ItemChanges, SettingName } from './item-changes.ts';
import { readItem, writeItem } from './item-settings.ts';
import { anOption } from './option-setting.ts';
import { SETTING_SAMPLES } from './setting-samples.ts';
import { SETTING_NAMES } from './setting-types.ts';
import { SETTING_COLUMNS } from './table-columns.ts';
import { tableLosses } from './table-losses.ts';
import { findItem } from './tree.ts';

/** `#{a}` stands for `${a}`, which looks like a mistake in a test. */
const sheet = (...rows: readonly string[]) => rows.map((row) => row.split(';').map((cell) => cell.replaceAll('#{', '${').trim()));
const settingsOf = (table: ReturnType<typeof sheet>, linkId: string) =>
  readItem(findItem(readFormTable(table).questionnaire, linkId)?.item ?? item('', 'text'));

describe('a form in a sheet', () => {
  it('has a row for the form and one for each item, but none for help', () => {
    const table = formTable(form(item('g', 'group', { text: '组 | Group' }, [item('q', 'integer', { text: '数', required: true })])));
    expect(table.map((cells) => cells.slice(0, 7))).toEqual([
      ['层级', '项目编号', '类型', '文字', '英文', '编号', '必填'],
      ['0', '', 'form', '', '', '', ''],
      ['1', 'g', 'group', '组', 'Group', '', ''],
      ['2', 'q', 'integer', '数', '', '', 'yes'],
    ]);
  });

  it.each([EVERY_TYPE, form(...FIELD_GROUPS.map(({ item: each }) => each))])('comes back over itself byte for byte', (questionnaire) => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const { questionnaire: read, problems } = readFormTable(formTable(questionnaire, locale), questionnaire);
      expect(problems).toEqual([]);
      expect(JSON.stringify(read)).toBe(JSON.stringify(questionnaire));
    }
  });

  it('whatever the form, comes back over itself byte for byte, and alone as the same sheet', () => {
    fc.assert(
      fc.property(editableForm, (questionnaire) => {
        const table = formTable(questionnaire);
        expect(JSON.stringify(readFormTable(table, questionnaire).questionnaire)).toBe(JSON.stringify(questionnaire));
        const { questionnaire: alone, problems } = readFormTable(table);
        expect(problems).toEqual([]);
        expect(parseQuestionnaire(alone)).toMatchObject({ ok: true });
        expect(formTable(alone)).toEqual(table);
      }),
      { numRuns: 100 },
    );
  });

  it('of the library comes back alone as the same sheet', () => {
    const table = formTable(form(...FIELD_GROUPS.map(({ item: each }) => each)));
    const { questionnaire, problems } = readFormTable(table);
    expect(problems).toEqual([]);
    expect(formTable(questionnaire)).toEqual(table);
  });

  it('whose rows are in another order moves items and keeps what no column carries', () => {
    fc.assert(
      fc.property(editableForm, (questionnaire) => {
        const [heading = [], ofForm = [], ...rows] = formTable(questionnaire);
        const flat = [heading, ofForm, ...[...rows].reverse().map(([, ...cells]) => ['1', ...cells])];
        const { questionnaire: read } = readFormTable(flat, questionnaire);
        expect(unknownIn(read)).toEqual(unknownIn(questionnaire));
        expect(read.item?.map(({ linkId }) => linkId)).toEqual([...rows].reverse().map(([, linkId]) => linkId));
      }),
      { numRuns: 100 },
    );
  });
});

/** A form with some of the settings that there are, each on an item of its own, and on the form. */
const anyForm: fc.Arbitrary<Questionnaire> = fc.subarray([...SETTING_SAMPLES], { minLength: 1 }).map((samples) => {
  const items = samples.map(([type, changes], index) => {
    const options = type === 'choice' && !changes.options && !changes.answerValueSet ? { options: [anOption('x', 'X')] } : {};
    return writeItem(
      { linkId: `q${index}`, type },
      { text: `问题 ${index}`, ...options, ...changes, ...(changes.answerValueSet ? ELSEWHERE : {}) },
    );
  });
  const ofForm = Object.assign({}, ...samples.map(([, changes]) => changes)) as Partial<ItemChanges>;
  return writeForm(form({ linkId: 'a', type: 'boolean', text: '是否' }, ...items), {
    title: '标题',
    description: '说明 = 一|二 \\ 三',
    translations: { title: { en: 'Title' }, description: { en: 'Description' } },
    ...(Object.fromEntries(FORM_SETTINGS.map((name) => [name, ofForm[name]])) as Pick<ItemChanges, FormSettingName>),
  });
});
const ELSEWHERE = { answerValueSet: 'https://example.org/ValueSet/departments' };

describe('a sheet alone', () => {
  it('whatever settings a form has, loses nothing but what is listed as not for sheets', () => {
    fc.assert(
      fc.property(anyForm, (questionnaire) => {
        const { questionnaire: alone, problems } = readFormTable(formTable(questionnaire));
        expect(problems).toEqual([]);
        const isSaid = new Set<string>(['names', ...Object.keys(NOT_IN_SHEETS)]);
        expect(tableLosses(questionnaire).filter(({ what }) => !isSaid.has(what))).toEqual([]);
        const hasMedia = JSON.stringify(questionnaire).includes(EXTENSION.itemMedia);
        expect(tableLosses(questionnaire).some(({ what }) => what === 'media')).toBe(hasMedia);
        const bare = ({ title, description, _title, _description, extension }: Questionnaire) => ({
          title,
          description,
          _title,
          _description,
          extension,
        });
        expect(bare(alone)).toEqual(bare(questionnaire));
      }),
      { numRuns: 200 },
    );
  });

  it('has a column for every setting but those', () => {
    const carried = new Set(SETTING_COLUMNS.map(({ setting }) => setting));
    expect(SETTING_NAMES.filter((name) => !carried.has(name) && !(name in ELSEWHERE_IN_SHEETS))).toEqual(Object.keys(NOT_IN_SHEETS));
  });

  it('says that value sets of the form come as options, and that numbers among options come as text', () => {
    const numbers = form(item('n', 'choice', { answerOption: [{ valueInteger: 3 }] }));
    expect(tableLosses(numbers)).toContainEqual({ linkId: 'n', what: 'options' });
    expect(tableLosses(EVERY_TYPE)).toEqual([
      { linkId: null, what: 'names' },
      { linkId: null, what: 'others' },
      { linkId: 'department', what: 'answerValueSet' },
    ]);
  });
});

/** A cell has 32,767 characters. */
const NOT_IN_SHEETS = { media: 'a picture is longer than a cell' } satisfies Partial<Record<SettingName, string>>;
const ELSEWHERE_IN_SHEETS = {
  type: 'where the row stands',
  minValueExpression: 'with minValue',
  maxValueExpression: 'with maxValue',
  enableBehavior: 'and, or: within the condition',
} satisfies Partial<Record<SettingName, string>>;

describe('a sheet', () => {
  it('makes a form, with Chinese names of types and options without codes', () => {
    const table = sheet(
      '层级;类型;项目编号;文字;英文;必填;选项;选项英文;选项分值',
      '1;分组;g;基本信息;Basics;;;;',
      '2;单选;q;性别;Sex;是;m=男|f=女;m=Male;m=1|f=2',
      '2;单选;;喜欢;;;甲|乙;;',
    );
    const { questionnaire, problems } = readFormTable(table);
    expect(problems).toEqual([]);
    expect(questionnaire.item?.[0]?.item?.map(({ linkId }) => linkId)).toEqual(['q', 'item-4']);
    expect(settingsOf(table, 'q')).toMatchObject({
      required: true,
      translations: { en: 'Sex' },
      options: [
        { code: 'm', display: '男', translations: { en: 'Male' }, score: 1 },
        { code: 'f', display: '女', translations: {}, score: 2 },
      ],
    });
    expect(settingsOf(table, 'item-4').options.map(({ code, display }) => `${code} ${display}`)).toEqual(['option-1 甲', 'option-2 乙']);
  });

  it('states conditions by what is asked', () => {
    const conditions = (condition: string) => {
      const { enableWhen, enableBehavior } = settingsOf(
        sheet('linkId;type;options;condition', 'age;integer;;', 'kind;choice;a=甲;', 'day;date;;', `x;string;;${condition}`),
        'x',
      );
      return { enableWhen, enableBehavior };
    };
    expect(conditions("#{age} >= 3 and #{kind} = 'a'")).toEqual({
      enableWhen: [when('age', '>=', { answerInteger: 3 }), when('kind', '=', { answerCoding: { code: 'a' } })],
      enableBehavior: 'all',
    });
    expect(conditions("not exists(#{age}) or #{day} < '2026-01-01'")).toEqual({
      enableWhen: [when('age', 'exists', { answerBoolean: false }), when('day', '<', { answerDate: '2026-01-01' })],
      enableBehavior: 'any',
    });
  });

  it('is told what cannot be read, by row and column', () => {
    const table = sheet(
      'level;linkId;type;required;options;condition;greatest length;scores',
      '1;a;integer;vielleicht;;;;',
      '3;b;string;;;;x;',
      '1;a;string;;;;;',
      '1;c;poem;;;;;',
      '1;d;display;;;;;',
      '2;e;boolean;;a=甲;;;',
      '1;f;string;;;#{nobody} = 1;;',
      '1;g;string;;;#{a} ~ 1;;',
      '1;h;string;;;#{a} > 1 and #{a} < 2 or #{a} = 3;;',
      '1;i;choice;;a=甲|a=乙;;;',
      '1;j;choice;;a=甲;;;b=1',
    );
    const { questionnaire, problems } = readFormTable(table);
    expect(problems.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2 required value-invalid',
      '3 level level-invalid',
      '3 maxLength value-invalid',
      '4 linkId link-id-twice',
      '5 type type-unknown',
      '7 level below-display',
      '7 options setting-foreign',
      '8 condition question-unknown',
      '9 condition condition-invalid',
      '10 condition condition-invalid',
      '11 options option-invalid',
      '12 scores option-invalid',
    ]);
    expect(questionnaire.item?.map(({ linkId }) => linkId)).toEqual(['a', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
    expect(findItem(questionnaire, 'b')?.around).toEqual(['a']);
  });

  it('without names of columns makes nothing', () => {
    expect(readFormTable(sheet('x;y', '1;2')).problems[0]?.code).toBe('heading-missing');
  });
});
