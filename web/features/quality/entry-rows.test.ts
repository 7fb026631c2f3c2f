import { expect, it } from 'vitest';
import { rowsOf } from '#core/form-edit/cells.ts';
import { entryRowsIn, entryRowsOf } from './entry-rows.ts';

it('a file of figures is read below its headings, without its empty lines', () => {
  const csv = '指标,分子,分母,说明\r\n急会诊及时到位率,9,10,"夜间,一组"\r\n,,,\r\nreoperation,1,200\r\n';
  expect(entryRowsIn(rowsOf(csv, ',').map(({ cells }) => cells))).toEqual([
    { indicator: '急会诊及时到位率', numerator: '9', denominator: '10', explanation: '夜间,一组' },
    { indicator: 'reoperation', numerator: '1', denominator: '200' },
  ]);
});

it.each([
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...new TextEncoder().encode('a,b\r\n重,1,2\r\n')]],
  // As a spreadsheet in Chinese writes it: GB 18030.
  ['GB 18030', [...new TextEncoder().encode('a,b\r\n'), 0xd6, 0xd8, ...new TextEncoder().encode(',1,2\r\n')]],
])('a csv is read in %s', async (_, bytes) => {
  expect(await entryRowsOf(new File([new Uint8Array(bytes)], '上报.CSV'))).toEqual([{ indicator: '重', numerator: '1', denominator: '2' }]);
});
