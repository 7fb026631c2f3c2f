import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PartResult } from './parts.ts';

const schema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Counts a vitest report. A file that could not be loaded, or a run that failed without a failed test, is one failure more. */
export async function countTests(file: string, exitCode: number): Promise<PartResult> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { passed: 0, failed: exitCode === 0 ? 0 : 1 };
  const { numPassedTests, numFailedTests, testResults } = schema.parse(JSON.parse(text));
  const brokenFiles = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
