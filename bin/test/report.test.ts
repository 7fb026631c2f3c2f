import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countTests } from './report.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'bihuan-report-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function reportWith(content: object): Promise<string> {
  const file = path.join(folder, 'report.json');
  await writeFile(file, JSON.stringify(content));
  return file;
}

const passing = { numPassedTests: 3, numFailedTests: 0, testResults: [{ status: 'passed', assertionResults: [{}, {}, {}] }] };

test('tests are counted as the report says', async () => {
  expect(await countTests(await reportWith(passing), 0)).toEqual({ passed: 3, failed: 0 });
  expect(await countTests(await reportWith({ ...passing, numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2 });
});

test('a file that cannot be loaded is a failure', async () => {
  const testResults = [...passing.testResults, { status: 'failed', assertionResults: [] }];
  expect(await countTests(await reportWith({ ...passing, testResults }), 1)).toEqual({ passed: 3, failed: 1 });
});

test('a run that fails without a failed test is a failure', async () => {
  expect(await countTests(await reportWith(passing), 1)).toEqual({ passed: 3, failed: 1 });
});

test('a run that leaves no report is a failure, unless there was nothing to run', async () => {
  expect(await countTests(path.join(folder, 'missing.json'), 1)).toEqual({ passed: 0, failed: 1 });
  expect(await countTests(path.join(folder, 'missing.json'), 0)).toEqual({ passed: 0, failed: 0 });
});
