import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateForm } from '#test/support/evaluate-form.ts';
import { pruneResponse } from './prune.ts';
import type { AnswerValue, EnableWhen } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';
import { a, answers, form, g, item, when } from './sample-form.ts';

const coding = (code: string, system?: string): AnswerValue => ({ valueCoding: { code, system } });

describe('a condition', () => {
  const isMet = (condition: Omit<EnableWhen, 'question'>, type: Parameters<typeof item>[1], ...given: AnswerValue[]): boolean => {
    const questionnaire = form(
      item('q', type, { repeats: true }),
      item('then', 'string', { enableWhen: [{ question: 'q', ...condition }] }),
    );
    return evaluateForm(questionnaire, answers(...(given.length > 0 ? [a('q', ...given)] : []))).isEnabled('then');
  };

  it.each<[string, Omit<EnableWhen, 'question'>, Parameters<typeof item>[1], AnswerValue[], boolean]>([
    ['exists, when answered', { operator: 'exists', answerBoolean: true }, 'string', [{ valueString: 'x' }], true],
    ['exists, when not answered', { operator: 'exists', answerBoolean: true }, 'string', [], false],
    ['does not exist, when not answered', { operator: 'exists', answerBoolean: false }, 'string', [], true],
    ['= boolean', { operator: '=', answerBoolean: false }, 'boolean', [{ valueBoolean: false }], true],
    ['= coding', { operator: '=', answerCoding: { code: 'x' } }, 'choice', [coding('x', 's')], true],
    ['= coding of another system', { operator: '=', answerCoding: { code: 'x', system: 't' } }, 'choice', [coding('x', 's')], false],
    ['= one of several answers', { operator: '=', answerCoding: { code: 'x' } }, 'choice', [coding('y'), coding('x')], true],
    ['!=', { operator: '!=', answerCoding: { code: 'x' } }, 'choice', [coding('y')], true],
    ['!= the same', { operator: '!=', answerCoding: { code: 'x' } }, 'choice', [coding('x')], false],
    ['!= without an answer', { operator: '!=', answerCoding: { code: 'x' } }, 'choice', [], false],
    ['> integer', { operator: '>', answerInteger: 3 }, 'integer', [{ valueInteger: 4 }], true],
    ['> the same', { operator: '>', answerInteger: 3 }, 'integer', [{ valueInteger: 3 }], false],
    ['>= decimal', { operator: '>=', answerDecimal: 37.5 }, 'decimal', [{ valueDecimal: 37.5 }], true],
    ['< date', { operator: '<', answerDate: '2026-03-01' }, 'date', [{ valueDate: '2026-02-28' }], true],
    ['< a partial date', { operator: '<', answerDate: '2026-03-01' }, 'date', [{ valueDate: '2025' }], true],
    [
      '<= date-time across zones',
      { operator: '<=', answerDateTime: '2026-03-01T00:00:00Z' },
      'dateTime',
      [{ valueDateTime: '2026-03-01T08:00:00+08:00' }],
      true,
    ],
    ['> time', { operator: '>', answerTime: '08:00:00' }, 'time', [{ valueTime: '08:30:00' }], true],
    [
      '> quantity',
      { operator: '>', answerQuantity: { value: 5, code: 'mg' } },
      'quantity',
      [{ valueQuantity: { value: 6, code: 'mg' } }],
      true,
    ],
    [
      '> quantity in another unit',
      { operator: '>', answerQuantity: { value: 5, code: 'mg' } },
      'quantity',
      [{ valueQuantity: { value: 6, code: 'g' } }],
      false,
    ],
    ['= string', { operator: '=', answerString: 'x' }, 'string', [{ valueString: 'x' }], true],
    [
      '= time, whatever zeros stand behind its seconds',
      { operator: '=', answerTime: '08:00:00' },
      'time',
      [{ valueTime: '08:00:00.00' }],
      true,
    ],
    ['< time, of the same', { operator: '<', answerTime: '08:00:00.50' }, 'time', [{ valueTime: '08:00:00.5' }], false],
    ['= address', { operator: '=', answerString: 'http://x.org' }, 'url', [{ valueUri: 'http://x.org' }], true],
    ['!= the same address', { operator: '!=', answerString: 'http://x.org' }, 'url', [{ valueUri: 'http://x.org' }], false],
    [
      '> quantity whose unit is told by its words',
      { operator: '>', answerQuantity: { value: 5, unit: 'milligram' } },
      'quantity',
      [{ valueQuantity: { value: 6, unit: 'milligram', code: 'mg' } }],
      true,
    ],
    [
      '= quantity of another code system',
      { operator: '=', answerQuantity: { value: 5, system: 's', code: 'mg' } },
      'quantity',
      [{ valueQuantity: { value: 5, system: 't', code: 'mg' } }],
      false,
    ],
    [
      '= reference that is known by an identifier',
      { operator: '=', answerReference: { identifier: { value: 'a' } } },
      'reference',
      [{ valueReference: { identifier: { value: 'b' } } }],
      false,
    ],
  ])('%s', (_name, condition, type, given, expected) => {
    expect(isMet(condition, type, ...given)).toBe(expected);
  });

  it.each<['all' | 'any', string, boolean]>([
    ['all', 'x', false],
    ['all', 'xy', true],
    ['any', 'x', true],
    ['any', '', false],
  ])('needs %s of several; given "%s"', (enableBehavior, given, expected) => {
    const enableWhen = [when('x', 'exists', { answerBoolean: true }), when('y', 'exists', { answerBoolean: true })];
    const questionnaire = form(item('x', 'boolean'), item('y', 'boolean'), item('then', 'string', { enableWhen, enableBehavior }));
    const response = answers(...[...given].map((linkId) => a(linkId, { valueBoolean: true })));
    expect(evaluateForm(questionnaire, response).isEnabled('then')).toBe(expected);
  });
});

describe('enablement', () => {
  const yes = { valueBoolean: true };
  const ifYes = (question: string) => ({ enableWhen: [when(question, '=', { answerBoolean: true })] });

  it('of a group holds for all below it', () => {
    const questionnaire = form(item('q', 'boolean'), item('group', 'group', ifYes('q'), [item('below', 'string')]));
    expect(evaluateForm(questionnaire, answers()).isEnabled('group/below')).toBe(false);
    expect(evaluateForm(questionnaire, answers(a('q', yes))).isEnabled('group/below')).toBe(true);
  });

  it('does not see the answers of what is itself disabled', () => {
    const questionnaire = form(item('a', 'boolean'), item('b', 'boolean', ifYes('a')), item('c', 'boolean', ifYes('b')));
    const state = evaluateForm(questionnaire, answers(a('a', { valueBoolean: false }), a('b', yes), a('c', yes)));
    expect([...state.enabled]).toEqual(['a']);
  });

  it('in a repeating group looks at the same row', () => {
    const questionnaire = form(item('row', 'group', { repeats: true }, [item('q', 'boolean'), item('then', 'string', ifYes('q'))]));
    const state = evaluateForm(questionnaire, answers(g('row', a('q', { valueBoolean: false })), g('row', a('q', yes)), g('row')));
    expect(['row[0]/then', 'row[1]/then', 'row[2]/then'].map((path) => state.isEnabled(path))).toEqual([false, true, false]);
  });

  it('from outside looks at the row before it', () => {
    const questionnaire = form(item('row', 'group', { repeats: true }, [item('q', 'boolean')]), item('then', 'string', ifYes('q')));
    expect(evaluateForm(questionnaire, answers(g('row', a('q', { valueBoolean: false })), g('row', a('q', yes)))).isEnabled('then')).toBe(
      true,
    );
    expect(evaluateForm(questionnaire, answers(g('row', a('q', yes)), g('row', a('q', { valueBoolean: false })))).isEnabled('then')).toBe(
      false,
    );
  });

  it('of an item below a question begins with the answer', () => {
    const questionnaire = form(item('q', 'boolean', {}, [item('why', 'string')]));
    expect(evaluateForm(questionnaire, answers()).enabled.has('q#0/why')).toBe(false);
    expect(evaluateForm(questionnaire, answers(a('q', yes))).isEnabled('q#0/why')).toBe(true);
  });

  it('in a circle is never met, and ends', () => {
    const questionnaire = form(item('a', 'boolean', ifYes('b')), item('b', 'boolean', ifYes('a')));
    expect([...evaluateForm(questionnaire, answers(a('a', yes), a('b', yes))).enabled]).toEqual([]);
  });
});

describe('a pruned response', () => {
  const linkIds = ['a', 'b', 'c', 'd', 'e'];
  const forms = fc
    .tuple(
      ...linkIds.map((_, index) =>
        fc.option(fc.record({ question: fc.constantFrom(...linkIds.slice(0, Math.max(index, 1))), wanted: fc.boolean() })),
      ),
    )
    .map((conditions) =>
      form(
        ...linkIds.map((linkId, index) => {
          const condition = conditions[index];
          const settings =
            condition && index > 0 ? { enableWhen: [when(condition.question, '=', { answerBoolean: condition.wanted })] } : {};
          return linkId === 'd'
            ? item(linkId, 'group', { ...settings, repeats: true }, [
                item('d1', 'boolean'),
                item('d2', 'boolean', { enableWhen: [when('d1', '=', { answerBoolean: true })] }),
              ])
            : item(linkId, 'boolean', settings);
        }),
      ),
    );
  const answer = fc.boolean().map((valueBoolean) => ({ valueBoolean }));
  const responses: fc.Arbitrary<QuestionnaireResponse> = fc
    .tuple(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'e'), answer)), fc.array(fc.tuple(answer, answer), { maxLength: 3 }))
    .map(([given, rows]) =>
      answers(
        ...new Map(given.map(([linkId, value]) => [linkId, a(linkId, value)])).values(),
        ...rows.map(([first, second]) => g('d', a('d1', first), a('d2', second))),
      ),
    );

  it('enables what the whole response enables', () => {
    fc.assert(
      fc.property(forms, responses, (questionnaire, response) => {
        const before = evaluateForm(questionnaire, response);
        const after = evaluateForm(questionnaire, pruneResponse(questionnaire, response));
        // Rows of a disabled group are gone, and with them the paths below them.
        expect([...after.enabled]).toEqual([...before.enabled]);
      }),
    );
  });

  it('is not changed by pruning it again', () => {
    fc.assert(
      fc.property(forms, responses, (questionnaire, response) => {
        const once = pruneResponse(questionnaire, response);
        expect(pruneResponse(questionnaire, once)).toEqual(once);
      }),
    );
  });

  it('has no answer to a disabled item, and every answer to an enabled one', () => {
    const questionnaire = form(item('q', 'boolean'), item('then', 'string', { enableWhen: [when('q', '=', { answerBoolean: true })] }));
    const response = answers(a('q', { valueBoolean: false }), a('then', { valueString: 'secret' }));
    expect(pruneResponse(questionnaire, response).item).toEqual([a('q', { valueBoolean: false })]);
  });

  it('keeps rows where they are and unknown items for the validator', () => {
    const questionnaire = form(
      item('row', 'group', { repeats: true }, [item('q', 'boolean')]),
      item('empty', 'group', {}, [item('x', 'string')]),
    );
    const response = answers(g('row'), g('row', a('q', { valueBoolean: true })), g('empty', a('x')), a('foreign', { valueString: 'x' }));
    expect(pruneResponse(questionnaire, response).item).toEqual([
      { linkId: 'row' },
      g('row', a('q', { valueBoolean: true })),
      a('foreign', { valueString: 'x' }),
    ]);
  });
});
