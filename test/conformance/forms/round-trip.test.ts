/** Forms leave us as they came: the ones that we ship, and every form of the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importQuestionnaire } from '#core/form/import.ts';
import { type Parsed, parseQuestionnaire, parseResponse } from '#core/form/parse.ts';
import { caseFiles, readCase, responseOf } from './corpus.ts';

const FLOWS = new URL('../../../flows/', import.meta.url);

const shipped = readdirSync(FLOWS, { recursive: true, encoding: 'utf8' })
  .filter((file) => /forms\/[^/]+\.json$/.test(file))
  .sort();

/** The bytes that would be written. */
const exported = (parsed: Parsed<unknown>): string => JSON.stringify(parsed.ok ? parsed.value : parsed.problems);

describe('comes back unchanged, to the byte', () => {
  it.each(shipped)('the form %s', (file) => {
    const json: unknown = JSON.parse(readFileSync(new URL(file, FLOWS), 'utf8'));
    expect(exported(parseQuestionnaire(json))).toBe(JSON.stringify(json));
    expect(exported(importQuestionnaire(json))).toBe(JSON.stringify(json));
  });

  it.each(caseFiles())('the form of %s, and answers to it', (file) => {
    const { form, imported = form, examples } = readCase(file);
    expect(exported(importQuestionnaire(form))).toBe(JSON.stringify(imported));
    // What was imported once is a form of ours.
    expect(exported(parseQuestionnaire(imported))).toBe(JSON.stringify(imported));
    for (const example of examples) expect(exported(parseResponse(responseOf(example)))).toBe(JSON.stringify(responseOf(example)));
  });
});

it('there are shipped forms, and as many cases as the catalogue promises', () => {
  expect(shipped.length).toBeGreaterThan(15);
  expect(caseFiles().length).toBeGreaterThan(300);
});
