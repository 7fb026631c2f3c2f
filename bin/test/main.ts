/**
 * `npm test [part …] [filter …]`: every part in order, the quick ones first, each to its end; then the totals. Types and lint
 * count as one check each, tests as themselves. The last line is always `N passed, N failed`.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from '#bin/start/applications.ts';
import { isPart, PARTS, type PartResult } from './parts.ts';

const given = process.argv.slice(2);
const chosen = given.filter(isPart);
const filters = given.filter((word) => !isPart(word));
const parts = PARTS.filter(({ name }) => chosen.length === 0 || chosen.includes(name));

await rm(path.join(ROOT, 'reports'), { recursive: true, force: true });
const results: (PartResult & { readonly name: string; readonly seconds: number })[] = [];
for (const { name, title, run } of parts) {
  process.stdout.write(`\n━━ ${title} ${'━'.repeat(Math.max(3, 70 - title.length))}\n\n`);
  const began = Date.now();
  const result = await run(filters);
  results.push({ name, ...result, seconds: (Date.now() - began) / 1000 });
}

process.stdout.write('\n');
for (const { name, passed, failed, seconds } of results) {
  process.stdout.write(
    `${failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${`${passed} passed, ${failed} failed`.padEnd(28)} ${seconds.toFixed(0)} s\n`,
  );
}
const total = (count: (result: PartResult) => number) => results.reduce((sum, result) => sum + count(result), 0);
const passed = total((result) => result.passed);
const failed = total((result) => result.failed);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
