import { expect, it } from 'vitest';
import { rowsOf } from '#core/form-edit/cells.ts';
import { entryRowsIn } from './entry-rows.ts';

it('a file of figures is read below its headings, without its empty lines', () => {
  const csv = '指标,分子,分母,说明\r\n急会诊及时到位率,9,10,"夜间,一组"\r\n,,,\r\nreoperation,1,200\r\n';
  expect(entryRowsIn(rowsOf(csv, ',').map(({ cells }) => cells))).toEqual([
    { indicator: '急会诊及时到位率', numerator: '9', denominator: '10', explanation: '夜间,一组' },
    { indicator: 'reoperation', numerator: '1', denominator: '200' },
  ]);
});
