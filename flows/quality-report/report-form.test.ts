import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogue, definitionsOf } from '#core/quality/catalogue.ts';
import { reportForm } from '#core/quality/report-form.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

it('the form of the report asks for what its set of indicators says', () => {
  const parsed = catalogue.parse(read('indicators.json'));
  const [set] = parsed.sets;
  if (!set) throw new Error('There is no set.');
  expect(read('forms/quality-report.json')).toEqual(reportForm(set, definitionsOf(parsed, set.indicators, '2026-11-30')));
});
