/** The laws of the repository (design.md 2, style.md). A failure says what to do. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '#bin/start/applications.ts';
import { MIGRATIONS } from '#migrations/index.ts';
import { LAYERS, PARSERS, VERSION_FLOORS, WEB_ORDER } from './layers.ts';
import { importsOf, isTest, isTypeScript, type SourceFile, sourceFiles, withoutComments } from './support/source-files.ts';

const layerOf = (file: string) => file.split('/')[0] ?? '';
const typescript = sourceFiles((file) => isTypeScript(file) && layerOf(file) in LAYERS);
const product = typescript.filter(({ path: file }) => !isTest(file) && layerOf(file) !== 'test');
const inLayers = (...layers: readonly string[]) => product.filter(({ path: file }) => layers.includes(layerOf(file)));

/** One line per breach; an empty list is what a law wants. */
function breaches(files: readonly SourceFile[], find: (file: SourceFile) => readonly string[]): readonly string[] {
  return files.flatMap((file) => find(file).map((breach) => `${file.path}: ${breach}`));
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([match]) => match);
}

describe('layers', () => {
  test.each(Object.entries(LAYERS))('%s imports only what it may', (name, layer) => {
    const found = breaches(inLayers(name), ({ text }) =>
      importsOf(text).flatMap(({ specifier, isType }) => {
        if (specifier.startsWith('.')) return [];
        const target = /^#([a-z]+)\//.exec(specifier)?.[1];
        if (target === undefined) {
          const isAllowed = layer.packages === 'any' || layer.packages.some((allowed) => isOfPackage(specifier, allowed));
          return isAllowed ? [] : [`imports ${specifier}. Packages here: ${String(layer.packages)}. ${layer.reason}`];
        }
        const isAllowed =
          target === name ||
          layer.mayImport.includes(target) ||
          (isType && layer.mayImportTypesOf?.includes(target)) ||
          layer.mayImportFiles?.includes(specifier);
        return isAllowed
          ? []
          : [`imports ${specifier}; ${name} may import ${layer.mayImport.join(', ') || 'nothing of ours'}. ${layer.reason}`];
      }),
    );
    expect(found).toEqual([]);
  });

  test('relative imports stay inside their layer, and every import of a file names its extension', () => {
    const found = breaches(typescript, ({ path: file, text }) =>
      importsOf(text).flatMap(({ specifier }) => {
        if (!specifier.startsWith('.') && !specifier.startsWith('#')) return [];
        const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier.slice(1);
        const leaves = specifier.startsWith('.') && layerOf(target) !== layerOf(file);
        const hasExtension = /\.(tsx?|mjs|json|css|svg)$/.test(target);
        return [
          ...(leaves ? [`write #${target} instead of ${specifier}`] : []),
          ...(hasExtension ? [] : [`add the extension to ${specifier}`]),
        ];
      }),
    );
    expect(found).toEqual([]);
  });

  test('the web is stacked: each folder imports only what lies below it', () => {
    const rank = (file: string) => WEB_ORDER.findIndex((folder) => file.startsWith(`web/${folder}/`));
    const found = breaches(inLayers('web'), ({ path: file, text }) =>
      importsOf(text).flatMap(({ specifier }) => {
        const target = specifier.startsWith('.')
          ? path.posix.join(path.posix.dirname(file), specifier)
          : specifier.startsWith('#web/')
            ? specifier.slice(1)
            : '';
        return rank(file) >= 0 && rank(target) > rank(file) ? [`imports ${specifier}; the order is ${WEB_ORDER.join(' ← ')}`] : [];
      }),
    );
    expect(found).toEqual([]);
  });

  test('workflows reach no parser, so that their bundle stays small', () => {
    const byPath = new Map(product.map((file) => [file.path, file]));
    const reached = new Set<string>();
    const found: string[] = [];
    const visit = (file: SourceFile): void => {
      if (reached.has(file.path)) return;
      reached.add(file.path);
      for (const { specifier, isType } of importsOf(file.text)) {
        if (isType) continue;
        const parser = PARSERS.find((name) => isOfPackage(specifier, name));
        if (parser !== undefined) found.push(`${file.path} brings ${parser} into the workflow bundle; move what needs it out of this file`);
        const place = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file.path), specifier) : specifier.slice(1);
        const next = byPath.get(place);
        if (next !== undefined) visit(next);
      }
    };
    for (const file of inLayers('workflows')) visit(file);
    expect(found).toEqual([]);
  });
});

function isOfPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`);
}

describe('purity', () => {
  const clock = /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bperformance\.now\b|\bTemporal\.Now\b/g;
  const chance = /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\b/g;
  const world =
    /\bprocess\.(env|cwd|hrtime|argv|pid|exit)\b|\bsetTimeout\b|\bsetInterval\b|\bfetch\(|\bglobalThis\b|\bIntl\.DateTimeFormat\(\s*\)/g;

  test('core knows neither the clock nor chance nor the world: they come as arguments', () => {
    const found = breaches(inLayers('core'), ({ text }) =>
      [clock, chance, world].flatMap((pattern) => matches(withoutComments(text), pattern)),
    );
    expect(found).toEqual([]);
  });

  test('the environment is read in config only; everything else is given its settings', () => {
    const found = breaches(inLayers('core', 'workflows', 'db', 'migrations', 'engine', 'activities', 'api', 'web'), ({ text }) =>
      // NODE_ENV is not a setting: the build replaces it.
      matches(withoutComments(text), /\bprocess\.env\b(?!\.NODE_ENV)/g),
    );
    expect(found).toEqual([]);
  });

  test("no request path asks Temporal's visibility, which is eventually consistent without a bound", () => {
    const found = breaches(inLayers('engine', 'activities', 'api', 'web'), ({ text }) =>
      matches(withoutComments(text), /\bworkflow\.(list|count)\(|\b(list|count|scan)(Open|Closed)?WorkflowExecutions\b/g),
    );
    expect(found).toEqual([]);
  });
});

describe('answers of people', () => {
  const only = (allowed: string, pattern: RegExp) =>
    breaches(
      inLayers('engine', 'activities', 'api', 'web').filter(({ path: file }) => file !== allowed),
      ({ text }) => matches(withoutComments(text), pattern),
    );

  test('are read from the database in one place, which gives them out whole for the server’s own use: show them with api/read/seen.ts', () => {
    // Besides, the draft of a standard is published by a job (docs/decisions/0038), and a sheet of orders is split by one (0040).
    const jobs = ['activities/jobs/standards/publish.ts', 'activities/jobs/order/split.ts'];
    const others = only('api/read/whole-submissions.ts', /\breadSubmissions\b/g).filter(
      (found) => !jobs.some((job) => JSON.stringify(found).includes(job)),
    );
    expect(others).toEqual([]);
  });

  test('become visible by core/form/access/response-for.ts and by nothing else', () => {
    expect(only('', /\b(?:as|satisfies) VisibleResponse\b|\bas (?:SubmissionView|TaskView|DraftView|ServiceFormView)\b/g)).toEqual([]);
  });
});

describe('migrations', () => {
  const files = readdirSync(path.join(ROOT, 'migrations'))
    .filter((file) => /^\d/.test(file) && !isTest(file))
    .map((file) => path.basename(file, '.ts'));

  test('every migration is listed in migrations/index.ts, in the order of its time stamp', () => {
    expect(Object.keys(MIGRATIONS)).toEqual([...files].sort());
  });

  test('go forward only: a mistake is mended by the next one', () => {
    expect(Object.entries(MIGRATIONS).filter(([, migration]) => migration.down !== undefined)).toEqual([]);
  });
});

describe('tests', () => {
  test('none is switched off or alone: finish it or delete it', () => {
    const tests = sourceFiles((file) => isTest(file));
    const found = breaches(tests, ({ text }) =>
      matches(withoutComments(text), /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|todo|skipIf|runIf|fails)\b/g),
    );
    expect(found).toEqual([]);
  });
});

describe('the text of the repository', () => {
  const SELF = 'test/architecture.test.ts';
  const TEXT = /\.(tsx?|mjs|json|ya?ml|md|css|bpmn|dmn|html)$/;

  test('names no place of one machine', () => {
    const texts = sourceFiles((file) => TEXT.test(file) && file !== SELF && file !== 'package-lock.json');
    const found = breaches(texts, ({ text }) => matches(text, /(?<![\w.~-])\/(?:home|Users|work|root)\/[\w.-]+|\b[A-Z]:\\Users\\/g));
    expect(found).toEqual([]);
  });

  test('has no loose ends: what is not done is not in the code', () => {
    const found = breaches(
      typescript.filter(({ path: file }) => file !== SELF),
      ({ text }) => matches(text, /\b(?:TODO|FIXME|XXX|HACK)\b|@ts-(?:ignore|nocheck)\b/g),
    );
    expect(found).toEqual([]);
  });
});

describe('dependencies', () => {
  interface Locked {
    readonly version?: string;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'),
  );

  test.each(Object.entries(VERSION_FLOORS))('%s is new enough', (name, { min, why }) => {
    const tooOld = Object.entries(lock.packages).flatMap(([place, { version = '' }]) =>
      place.endsWith(`node_modules/${name}`) && version.localeCompare(min, 'en', { numeric: true }) < 0
        ? [`${place} is ${version}; update it to ${min} or newer (${why})`]
        : [],
    );
    expect(tooOld).toEqual([]);
  });

  test('are locked for every platform, without which "npm ci" refuses the lock file on any of them', () => {
    const missing = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => ![`${place}/node_modules/${name}`, `node_modules/${name}`].some((entry) => entry in lock.packages))
        .map((name) => `${name} (of ${place || 'ours'}): add its entry with version, os, cpu, libc and "optional": true`),
    );
    expect(missing).toEqual([]);
  });

  test('are exact, so that every clone is the same', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(String(version)));
    expect(loose).toEqual([]);
  });
});

describe('messages', () => {
  const LANGUAGES = ['zh-CN', 'en'] as const;
  const [chinese, english] = LANGUAGES.map(readMessages);

  test('exist in both languages, under the same keys', () => {
    const missing = (from: Messages | undefined, to: Messages | undefined) =>
      Object.keys(from ?? {}).filter((key) => to?.[key] === undefined);
    expect({ inEnglish: missing(chinese, english), inChinese: missing(english, chinese) }).toEqual({ inEnglish: [], inChinese: [] });
  });

  test('are never empty and take the same arguments in both languages', () => {
    const found = Object.entries(chinese ?? {}).flatMap(([key, text]) => {
      const other = english?.[key] ?? '';
      if (text.trim() === '' || other.trim() === '') return [`${key} is empty`];
      return argumentsOf(text) === argumentsOf(other)
        ? []
        : [`${key}: {${argumentsOf(text)}} in Chinese, {${argumentsOf(other)}} in English`];
    });
    expect(found).toEqual([]);
  });

  type Messages = Readonly<Record<string, string>>;

  function readMessages(language: string): Messages {
    const files = sourceFiles((file) => file.startsWith(`web/messages/${language}/`) && file.endsWith('.json'));
    return Object.fromEntries(files.flatMap(({ path: file, text }) => flatten(path.basename(file, '.json'), JSON.parse(text))));
  }

  function flatten(prefix: string, value: unknown): [string, string][] {
    if (typeof value === 'string') return [[prefix, value]];
    return Object.entries(Object(value)).flatMap(([key, inner]) => flatten(`${prefix}.${key}`, inner));
  }

  /** What a message is given: `{name}` and `{count, plural, one {…} other {…}}`, whose branches are messages again. */
  function argumentsOf(message: string): string {
    const names = new Set<string>();
    const inside: ('message' | 'argument')[] = ['message'];
    for (const [at, character] of [...message].entries()) {
      if (character === '}') inside.pop();
      if (character !== '{') continue;
      const isArgument = inside.at(-1) === 'message';
      inside.push(isArgument ? 'argument' : 'message');
      if (isArgument) names.add(/^\s*(\w+)/.exec([...message].slice(at + 1).join(''))?.[1] ?? '');
    }
    return [...names].sort().join(', ');
  }
});
