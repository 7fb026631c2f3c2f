import { describe, expect, it } from 'vitest';
import { sheetRowsIn, sheetRowsOf } from './sheet-rows.ts';

describe('the rows of a file', () => {
  it('stand below their headings, by the order of the columns; empty lines are none', () => {
    expect(sheetRowsIn([['代码', '名称'], ['CT', '胸部 CT', '多余'], [' ', ''], ['MR']], ['code', 'name'])).toEqual([
      { code: 'CT', name: '胸部 CT' },
      { code: 'MR', name: '' },
    ]);
  });

  it('are read of a CSV too', async () => {
    const file = new File(['code,name\nCT,"胸部, CT"\n'], 'a.csv');
    expect(await sheetRowsOf(file, ['code', 'name'])).toEqual([{ code: 'CT', name: '胸部, CT' }]);
  });
});
