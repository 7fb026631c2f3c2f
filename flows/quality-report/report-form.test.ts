import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { catalogue, definitionsOf } from '#core/quality/catalogue.ts';
import { cellRemarks, reportForm } from '#core/quality/report-form.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

const form = z.object({ item: z.array(z.looseObject({ linkId: z.string() })) });

it.each(['check', 'approval', 'acceptance'])('whoever looks at the report can remark on every cell of the set (%s)', (prefix) => {
  const parsed = catalogue.parse(read('indicators.json'));
  const [set] = parsed.sets;
  if (!set) throw new Error('There is no set.');
  const { item } = form.parse(read(`forms/quality-${prefix}.json`));
  expect(item.at(-1)).toEqual(cellRemarks(prefix, set, definitionsOf(parsed, set.indicators, '2026-11-30')));
});

it('the form of the report asks for what its set of indicators says', () => {
  const parsed = catalogue.parse(read('indicators.json'));
  const [set] = parsed.sets;
  if (!set) throw new Error('There is no set.');
  expect(read('forms/quality-report.json')).toEqual(reportForm(set, definitionsOf(parsed, set.indicators, '2026-11-30')));
});
