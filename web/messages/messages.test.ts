import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from './index.ts';

type Words = Readonly<Record<string, unknown>>;

const keysOf = (words: Words, prefix = ''): readonly string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value as Words, `${prefix}${key}.`),
  );

const wordAt = (words: Words, key: string): string =>
  String(key.split('.').reduce<unknown>((inner, part) => (inner as Words)[part], words));

const argumentsOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ''))].sort();

describe('the words', () => {
  const zh = keysOf(MESSAGES['zh-CN']);
  it('are there in both languages', () => {
    expect(keysOf(MESSAGES.en).toSorted()).toEqual(zh.toSorted());
  });

  it('take the same values in both languages', () => {
    const different = zh.filter(
      (key) =>
        !isSubset(argumentsOf(wordAt(MESSAGES.en, key)), argumentsOf(wordAt(MESSAGES['zh-CN'], key))) &&
        !PLURAL.test(wordAt(MESSAGES.en, key)),
    );
    expect(different).toEqual([]);
  });

  it('are in one of the listed areas', () => {
    const files = readdirSync(path.join(import.meta.dirname, 'zh-CN')).filter((name) => name.endsWith('.json'));
    expect(files.map((name) => path.basename(name, '.json')).toSorted()).toEqual(Object.keys(MESSAGES['zh-CN']).toSorted());
  });

  it('say every refusal of the core', () => {
    const source = readFileSync(path.join(import.meta.dirname, '../../core/process/refusal.ts'), 'utf8');
    const codes = [...source.slice(source.indexOf('RefusalCode =')).matchAll(/'([a-z-]+)'/g)].map(([, code]) => code ?? '');
    const unsaid = codes.filter((code) => !(code in MESSAGES['zh-CN'].refusal) && !(code in MESSAGES['zh-CN'].error));
    expect(unsaid).toEqual([]);
  });
});

const PLURAL = /, plural,/;
const isSubset = (inner: readonly string[], outer: readonly string[]): boolean => inner.every((name) => outer.includes(name));
