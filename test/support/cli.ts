/** The command line in a test: a folder of its own, and what it prints. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';

export interface CliInTest {
  /** Lines on the output and on the error output, each test's own. */
  readonly out: string[];
  readonly errors: string[];
  readonly folder: () => string;
  /** Gives the path of a new file; what is no text is written as JSON. */
  readonly write: (name: string, content: unknown) => string;
}

export function cliInTest(): CliInTest {
  const [out, errors]: [string[], string[]] = [[], []];
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bihuan-'));
    out.length = 0;
    errors.length = 0;
    vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
    vi.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  return {
    out,
    errors,
    folder: () => folder,
    write: (name, content) => {
      const file = path.join(folder, name);
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
  };
}
