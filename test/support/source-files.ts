/** The repository's own text, for laws about it. Found by walking, so that a clone without git is judged too. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#bin/start/applications.ts';

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly specifier: string;
  /** Types only: nothing of it is left at run time. */
  readonly isType: boolean;
}

const GENERATED = new Set(['node_modules', '.git', '.next', '.bihuan', 'reports', 'coverage']);

export function sourceFiles(accept: (path: string) => boolean): readonly SourceFile[] {
  return walk('')
    .filter(accept)
    .map((file) => ({ path: file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

function walk(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !GENERATED.has(name))
    .flatMap((entry) => {
      const place = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? walk(place) : entry.isFile() ? [place] : [];
    });
}

export const isTypeScript = (file: string): boolean => /\.tsx?$/.test(file) && !file.endsWith('.d.ts');

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

/** Statements stand at the beginning of a line, as the formatter writes them; dynamic imports and `import('x')` types anywhere. */
export function importsOf(text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, isType, names = '', specifier = ''] of text.matchAll(/^(?:import|export)\s+(type\s+)?([^;'"]*?)\s*from\s+'([^']+)'/gm)) {
    found.push({ specifier, isType: isType !== undefined || namesOnlyTypes(names) });
  }
  for (const [, specifier = ''] of text.matchAll(/^import\s+'([^']+)'/gm)) found.push({ specifier, isType: false });
  for (const [, type, specifier = ''] of withoutComments(text).matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'\s*\)/g)) {
    found.push({ specifier, isType: type !== undefined });
  }
  return found;
}

const namesOnlyTypes = (names: string) =>
  /^\{[^}]+\}$/.test(names.trim()) &&
  names
    .replace(/[{}]/g, '')
    .split(',')
    .every((name) => name.trim() === '' || name.trim().startsWith('type '));

/** Code without its comments; what follows `//` inside a string goes too, which these laws can bear. */
export const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
