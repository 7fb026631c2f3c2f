import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '../questionnaire.ts';
import { fhirpathEngine } from './fhirpath.ts';
import { programOf } from './program.ts';
import { filledIn, shapeOf } from './shape.ts';

const FORM: Questionnaire = { resourceType: 'Questionnaire', status: 'active', item: [] };

describe('the shape of an expression', () => {
  it.each([
    ["item.where(linkId='a')", "item.where(linkId='0')", ["'a'"]],
    ["'it\\'s' + 'b' + 'it\\'s'", "'0' + '1' + '2'", ["'it\\'s'", "'b'", "'it\\'s'"]],
    ["a // it's\n+ 'b'", "a // it's\n+ '0'", ["'b'"]],
    ["a /* it's */ + 'b'", "a /* it's */ + '0'", ["'b'"]],
    ["`it's` + 'b'", "`it's` + '0'", ["'b'"]],
    ["%'my name' & '// b'", "%'0' & '1'", ["'my name'", "'// b'"]],
  ])('of %s has no literals in it', (source, text, literals) => {
    expect(shapeOf(source)).toEqual({ text, literals });
  });

  it('filled in again is the expression', () => {
    const parts = fc.constantFrom("'a'", "'it\\'s'", "'0'", "`q'`", ' + ', "/* ' */", "// '\n", 'item', "''", "%'v'");
    fc.assert(
      fc.property(fc.array(parts), (tokens) => {
        const source = tokens.join('');
        const { text, literals } = shapeOf(source);
        expect(filledIn(text, literals)).toBe(source);
      }),
    );
  });

  it('is read and compiled once for all expressions that come to the same', () => {
    const count = { parse: 0, compile: 0 };
    const engine = {
      ...fhirpathEngine,
      parse: (source: string) => {
        count.parse += 1;
        return fhirpathEngine.parse(source);
      },
      compile: (...given: Parameters<typeof fhirpathEngine.compile>) => {
        count.compile += 1;
        return fhirpathEngine.compile(...given);
      },
    };
    const items = Array.from({ length: 50 }, (_, index) => ({ linkId: `q${index}`, type: 'integer', text: 'q' }) as const);
    const program = programOf({ ...FORM, item: items }, engine);
    for (const { linkId } of items) {
      const found = program.expression(`%resource.item.where(linkId = '${linkId}').answer.value > 3`, 'QuestionnaireResponse');
      expect([...(found?.lookUps.values() ?? [])]).toEqual([linkId]);
    }
    expect(count).toEqual({ parse: 1, compile: 1 });
  });

  it('tells apart what only literals tell apart', () => {
    const program = programOf({ ...FORM }, fhirpathEngine);
    const results = ["'a' + 'b'", "'b' + 'a'", "%'one' & 'x'"].map((source) =>
      program.expression(source, 'QuestionnaireResponse')?.run({ resourceType: 'QuestionnaireResponse' }, { one: '1' }),
    );
    expect(results).toEqual([['ab'], ['ba'], ['1x']]);
    expect([...(program.expression("%'one' & 'x'", 'QuestionnaireResponse')?.names ?? [])]).toEqual(['one']);
  });
});
