import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '#bin/bihuan.ts';
import { parseCases, runCases } from '#core/decision/cases.ts';
import { compileDmn } from '#core/decision/compile.ts';
import { cliInTest } from '#test/support/cli.ts';

const FOLDER = path.join(import.meta.dirname, 'decisions');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.dmn'))
  .map((file) => file.replace(/\.dmn$/, ''));
const textOf = (file: string): string => readFileSync(path.join(FOLDER, file), 'utf8');

const { out } = cliInTest();

describe.each(names)('the decisions of %s.dmn', async (name) => {
  const cases = parseCases(JSON.parse(textOf(`${name}.json`)));
  const beside = names.filter((other) => other !== name).map((other) => ({ file: `${other}.dmn`, xml: textOf(`${other}.dmn`) }));
  const { decisions, findings } = await compileDmn(textOf(`${name}.dmn`), beside);
  // As they are kept with a version.
  const kept: typeof decisions = JSON.parse(JSON.stringify(decisions));
  const results = runCases(kept, cases, { at: cases.now ?? '', zone: cases.zone ?? 'UTC' });

  it('are read without an error', () => {
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(results.map((result) => [result.name, result.problems]))('%s', (_, problems) => {
    expect(problems).toEqual([]);
  });

  it('come to the same on the command line', async () => {
    expect(await run(['decision', 'test', path.join(FOLDER, `${name}.dmn`), path.join(FOLDER, `${name}.json`), '--json'])).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(cases.cases.map((one) => one.name));
  });
});
