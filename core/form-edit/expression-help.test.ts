import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fhirpathEngine } from '#core/form/expression/fhirpath.ts';
import { EXTENSION } from '#core/form/extensions.ts';
import { a, answers, EVERY_TYPE, form, g, item } from '#core/form/sample-form.ts';
import { completionsAt } from './completions.ts';
import { expressionValueOf } from './expression-help.ts';
import { linkIdsAskedIn, quoted, tokensOf } from './expression-tokens.ts';

const context = { engine: fhirpathEngine, now: '2026-11-30T08:00:00+08:00' };
const variable = (name: string, expression: string) => ({
  url: EXTENSION.variable,
  valueExpression: { name, language: 'text/fhirpath', expression },
});
const sample = {
  ...form(
    item('age', 'integer', { text: '年龄' }),
    item('table', 'group', { repeats: true, extension: [variable('row', '1')] }, [
      item('dose', 'integer', { text: '剂量', extension: [variable('own', '1')] }),
      item('total', 'integer', {
        extension: [
          {
            url: EXTENSION.calculatedExpression,
            valueExpression: { language: 'text/fhirpath', expression: '%context.answer.value | 5' },
          },
        ],
      }),
    ]),
  ),
  extension: [variable('whole', '2'), { url: EXTENSION.launchContext, extension: [{ url: 'name', valueCoding: { code: 'patient' } }] }],
};

/** `¦` is the cursor. */
function at(text: string, linkId: string | null = 'dose') {
  const offset = text.indexOf('¦');
  const source = text.replace('¦', '');
  const { from, to, options } = completionsAt(sample, linkId, source, offset);
  return { replaced: source.slice(from, to), inserts: options.map(({ insert }) => insert) };
}

describe('at the cursor', () => {
  it('stand link ids where one is compared, found by their label too', () => {
    expect(at("%resource.item.where(linkId = '¦")).toEqual({ replaced: "'", inserts: ["'age'", "'table'", "'dose'", "'total'"] });
    expect(at("%resource.item.where(linkId='do¦se').answer").inserts).toEqual(["'dose'"]);
    expect(at("%resource.item.where(linkId='do¦se').answer").replaced).toBe("'dose'");
    expect(at("where(linkId in ('age' | '¦").inserts).not.toEqual([]);
    expect(at("where(linkId = '年¦").inserts).toEqual(["'age'"]);
    expect(at("where(code = '¦").inserts).toEqual([]);
  });

  it('stand variables in scope, the nearest first', () => {
    expect(at('%¦').inserts).toEqual(['own', 'row', 'whole', 'patient', 'resource', 'context', 'questionnaire', 'qitem']);
    expect(at('%¦', null).inserts[0]).toBe('whole');
    expect(at('1 + %re¦').inserts).toEqual(['resource']);
    expect(at('%re¦sou').replaced).toBe('resou');
  });

  it('stand members and functions after a dot, with the cursor between the parentheses', () => {
    expect(at('item.¦').inserts).toContain('answer');
    expect(at('item.wh¦').inserts).toEqual(['where()']);
    expect(completionsAt(sample, null, 'item.wh', 7).options[0]?.cursor).toBe(-1);
    expect(completionsAt(sample, null, 'item.ex', 7).options[0]?.cursor).toBe(0);
  });

  it('stand what may begin a term, and nothing in texts and comments', () => {
    expect(at('¦').inserts).toContain('iif()');
    expect(at('1 + to¦').inserts).toEqual(['today()']);
    expect(at('true and ¦').inserts).toContain('today()');
    expect(at("'to¦").inserts).toEqual([]);
    expect(at('/* item.¦').inserts).toEqual([]);
    expect(at('item ¦').inserts).toEqual([]);
  });
});

describe('the words of an expression', () => {
  it('cover the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (source) => {
        for (const { text, from } of tokensOf(source)) expect(source.slice(from, from + text.length)).toBe(text);
      }),
    );
  });

  it('give back link ids as they were quoted', () => {
    fc.assert(
      fc.property(fc.string(), (linkId) => {
        expect(linkIdsAskedIn(`item.where(linkId = ${quoted(linkId)})`).map((asked) => asked.linkId)).toEqual([linkId]);
      }),
    );
  });
});

describe('the value of an expression', () => {
  const given = answers(
    a('age', { valueInteger: 40 }),
    g('table', a('dose', { valueInteger: 1 })),
    g('table', a('dose', { valueInteger: 2 })),
  );
  const of = (linkId: string | null, expression: string) => expressionValueOf(sample, given, linkId, expression, context);

  it('is one for the form', () => {
    expect(of(null, "%resource.item.where(linkId = 'age').answer.value + %whole")).toEqual({
      kind: 'value',
      results: [{ path: '', values: ['42'], count: 1 }],
    });
  });

  it('is one for each row of an item', () => {
    expect(of('dose', '%context.answer.value + %own')).toEqual({
      kind: 'value',
      results: [
        { path: 'table[0]/dose', values: ['2'], count: 1 },
        { path: 'table[1]/dose', values: ['3'], count: 1 },
      ],
    });
  });

  it('sees what the form computes', () => {
    expect(of(null, "%resource.descendants().where(linkId = 'total').answer.value")).toMatchObject({ results: [{ values: ['5', '5'] }] });
  });

  it('is shown as text, whatever it is', () => {
    expect(of(null, "today() | 3 'kg' | true")).toMatchObject({ results: [{ values: ['2026-11-30', "3 'kg'", 'true'] }] });
    expect(of(null, "%resource.item.where(linkId = 'age')")).toMatchObject({ results: [{ values: [expect.stringContaining('"age"')] }] });
    expect(of(null, '{}')).toMatchObject({ results: [{ values: [], count: 0 }] });
  });

  it.each([
    ['1 +', 'syntax', '+'],
    ['iif(true, 1\n + )', 'syntax', ')'],
    ['answer.value.foo()', 'function-unknown', 'foo'],
    ['1 + %nope', 'variable-unknown', '%nope'],
    ["1 + 'a'", 'failed', null],
    ['today() > 3', 'failed', null],
  ])('%j has a fault that is told where it is', (source, code, where) => {
    const result = of(null, source);
    if (result.kind !== 'fault') throw new Error('no fault');
    const { at: place } = result.fault;
    expect([result.fault.code, place && source.slice(place.from, place.to)]).toEqual([code, where]);
  });

  it('is nothing where there is no such row', () => {
    expect(expressionValueOf(EVERY_TYPE, answers(), 'vital-kind', '1', context)).toEqual({ kind: 'value', results: [] });
  });
});
