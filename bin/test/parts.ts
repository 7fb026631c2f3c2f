/** What `npm test` consists of. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from '#bin/start/applications.ts';
import { countTests } from './report.ts';

export interface PartResult {
  readonly passed: number;
  readonly failed: number;
}

interface Part {
  readonly name: string;
  readonly title: string;
  run(filters: readonly string[]): Promise<PartResult>;
}

export const PARTS: readonly Part[] = [
  { name: 'types', title: 'Types', run: () => check('tsc', ['--noEmit', '--incremental', 'false']) },
  { name: 'lint', title: 'Format and lint', run: () => check('biome', ['check']) },
  { name: 'unit', title: 'Rules, without a server', run: vitest('unit') },
  { name: 'integration', title: 'With PostgreSQL and Temporal', run: vitest('integration') },
  { name: 'browser', title: 'The product in a browser', run: vitest('browser') },
  { name: 'chaos', title: 'Killing every part under load', run: vitest('chaos') },
];

export const isPart = (word: string): boolean => PARTS.some(({ name }) => name === word);

async function check(program: string, args: readonly string[]): Promise<PartResult> {
  const code = await run(path.join(ROOT, 'node_modules', '.bin', program), args);
  if (code === 0) process.stdout.write(`✓ ${program}\n`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function vitest(project: string): Part['run'] {
  return async (filters) => {
    const report = path.join(ROOT, 'reports', `${project}.json`);
    const program = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    // A part without tests yet has nothing to fail; a filter that matches none of its files neither.
    const code = await run(process.execPath, [program, 'run', '--project', project, '--passWithNoTests', ...reporters, ...filters]);
    return countTests(report, code);
  };
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
