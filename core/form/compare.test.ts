import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLocale } from '#core/text.ts';
import { compareSubmissions } from './compare.ts';
import { editsOf } from './history.ts';
import { inEnglish } from './localize.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';
import { a, answers, EVERY_TYPE, EVERY_TYPE_FILLED, form, g, item } from './sample-form.ts';

const FORM = form(
  item('who', 'group', { text: '患者 | Patient' }, [
    item('name', 'string', { text: '姓名 | Name' }),
    item('ward', 'choice', {
      text: '病区 | Ward',
      answerOption: [
        { valueCoding: { code: 'icu', display: '重症', _display: inEnglish('Intensive') } },
        { valueCoding: { code: 'eye', display: '眼科', _display: inEnglish('Eyes') } },
      ],
    }),
  ]),
  item('drug', 'group', { text: '用药 | Drug', repeats: true }, [item('what', 'string'), item('dose', 'integer')]),
  item('signs', 'string', { repeats: true }),
);

const drug = (what: string, dose: number): ResponseItem => g('drug', a('what', { valueString: what }), a('dose', { valueInteger: dose }));
const submitted = (...items: readonly ResponseItem[]) => ({ questionnaire: FORM, response: answers(...items) });

/** `用药 2 / what: old → new` */
const lines = (before: QuestionnaireResponse, after: QuestionnaireResponse, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  compareSubmissions({ questionnaire: FORM, response: before }, { questionnaire: FORM, response: after }).map((change) => {
    const said = 'before' in change ? change.before.map((text) => inLocale(text, locale)).join('+') : '';
    const says = 'after' in change ? change.after.map((text) => inLocale(text, locale)).join('+') : '';
    return `${[...change.group, change.label].map((text) => inLocale(text, locale)).join(' / ')}: ${said} → ${says}`;
  });

describe('what differs between two submissions', () => {
  it('is said in the words of both languages', () => {
    const ward = (code: string) => answers(g('who', a('ward', { valueCoding: { code } })));
    expect(lines(ward('icu'), ward('eye'))).toEqual(['患者 / 病区: 重症 → 眼科']);
    expect(lines(ward('icu'), ward('eye'), 'en')).toEqual(['Patient / Ward: Intensive → Eyes']);
  });

  it('is seen where a day is known that was not known before', () => {
    const questionnaire = form(item('born', 'date', { text: 'Born' }));
    const born = (valueDate: string) => ({ questionnaire, response: answers(a('born', { valueDate })) });
    expect(compareSubmissions(born('2026'), born('2026-05-10'))).toMatchObject([{ kind: 'changed' }]);
    expect(compareSubmissions(born('2026'), born('2026'))).toEqual([]);
  });

  it('is added, removed or changed', () => {
    const before = answers(g('who', a('name', { valueString: '王' })), a('signs', { valueString: '咳' }));
    const after = answers(g('who', a('ward', { valueCoding: { code: 'icu' } })), a('signs', { valueString: '咳' }, { valueString: '热' }));
    expect(
      compareSubmissions({ questionnaire: FORM, response: before }, { questionnaire: FORM, response: after }).map(({ kind }) => kind),
    ).toEqual(['removed', 'added', 'changed']);
    expect(lines(before, after)[2]).toBe('signs: 咳 → 咳+热');
  });

  it('of rows is what is in them, not where they stand', () => {
    const before = answers(drug('甲', 1), drug('乙', 2), drug('丙', 3));
    expect(lines(before, answers(drug('乙', 2), drug('丙', 3)))).toEqual(['用药 1 / what: 甲 → ', '用药 1 / dose: 1 → ']);
    expect(lines(before, answers(drug('甲', 1), drug('丁', 9), drug('乙', 2), drug('丙', 3)))).toEqual([
      '用药 2 / what:  → 丁',
      '用药 2 / dose:  → 9',
    ]);
    expect(lines(before, answers(drug('甲', 1), drug('乙', 5), drug('丙', 3)))).toEqual(['用药 2 / dose: 2 → 5']);
  });

  it('is seen where the later version of the form asks no more', () => {
    const shorter = form(item('who', 'group', { text: '患者' }, [item('name', 'string', { text: '姓名' })]));
    const changes = compareSubmissions(submitted(a('signs', { valueString: '咳' })), { questionnaire: shorter, response: answers() });
    expect(changes).toMatchObject([{ kind: 'removed', linkId: 'signs', before: [{ 'zh-CN': '咳' }] }]);
  });

  it('is nothing for a submission and itself, with every type in it', () => {
    const same = { questionnaire: EVERY_TYPE, response: EVERY_TYPE_FILLED };
    expect(compareSubmissions(same, structuredClone(same))).toEqual([]);
    expect(compareSubmissions({ ...same, response: answers() }, same).length).toBeGreaterThan(15);
  });

  const anyDrugs = fc.array(fc.record({ what: fc.constantFrom('甲', '乙', '丙'), dose: fc.integer({ min: 1, max: 3 }) }), { maxLength: 6 });
  it('read backwards is what was added as removed, and the other way round', () => {
    fc.assert(
      fc.property(anyDrugs, anyDrugs, (one, other) => {
        const [before, after] = [one, other].map((rows) => submitted(...rows.map(({ what, dose }) => drug(what, dose))));
        if (!before || !after) return;
        const count = (changes: ReturnType<typeof compareSubmissions>, kind: string) =>
          changes.filter((change) => change.kind === kind).length;
        const [there, back] = [compareSubmissions(before, after), compareSubmissions(after, before)];
        expect(count(there, 'added') - count(there, 'removed')).toBe(count(back, 'removed') - count(back, 'added'));
        expect(there.length === 0).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});

it('every edit of a question is known with the submission that brought it', () => {
  const named = (name: string) => submitted(g('who', a('name', { valueString: name })));
  const versions = [named('王'), named('王一'), named('王一'), named('王二')];
  const edits = editsOf(versions).get('who/name');
  expect(edits?.map(({ version, change }) => [versions.indexOf(version), change.kind])).toEqual([
    [1, 'changed'],
    [3, 'changed'],
  ]);
});
