import { expect, it } from 'vitest';
import { listRowsIn, listRowsOf } from './list-rows.ts';

const ROW = { stayNumber: 'Z001', icd: 'J18.9', dischargedOn: '2026-11-16', department: '呼吸' };

it('reads the lines below the headings, and no names behind them', () => {
  const rows = [
    ['住院号', '诊断', '出院日期', '科室', '姓名'],
    ['Z001', 'J18.9', '2026-11-16', '呼吸', '某某'],
    ['', ' '],
  ];
  expect(listRowsIn(rows)).toEqual([ROW]);
  expect(listRowsIn([])).toEqual([]);
});

it('reads a CSV as it is written by a spreadsheet', async () => {
  const file = new File(['\uFEFF住院号,诊断,出院日期,科室\r\nZ001,J18.9,2026-11-16,"呼吸"\r\n'], 'a.CSV');
  expect(await listRowsOf(file)).toEqual([ROW]);
});
