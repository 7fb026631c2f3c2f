import { describe, expect, it } from 'vitest';
import { diffOptions } from './option-diff.ts';
import { anOption, type OptionForEdit } from './option-setting.ts';

const option = (code: string, display: string, en?: string): OptionForEdit =>
  anOption(code, display, en === undefined ? {} : { translations: { en } });

const pairs = (before: readonly OptionForEdit[], after: readonly OptionForEdit[]) =>
  diffOptions(before, after)?.renamed.map((pair) => [pair.before.code, pair.after.code]);

describe('an option under another code', () => {
  it.each([
    ['has the same words', [option('a', '甲')], [option('b', '甲')]],
    ['has the same words in English', [option('a', '甲', 'One')], [option('b', '乙', 'One')]],
  ])('is the same where it %s', (_name, before, after) => {
    expect(pairs(before, after)).toEqual([['a', 'b']]);
  });

  it.each([
    ['two could be it', [option('a', '甲')], [option('b', '甲'), option('c', '甲')]],
    ['it could have been two', [option('a', '甲'), option('x', '甲')], [option('b', '甲')]],
    ['its languages say different things', [option('a', '甲', 'One')], [option('b', '甲'), option('c', '丙', 'One')]],
  ])('is another where %s', (_name, before, after) => {
    expect(pairs(before, after)).toEqual([]);
  });
});

describe('thousands of options under other codes', () => {
  let reads = 0;
  const counted = (each: OptionForEdit): OptionForEdit =>
    new Proxy(each, {
      get: (target, name) => {
        reads += 1;
        return Reflect.get(target, name);
      },
    });
  const readsFor = (count: number, words: (index: number) => string): number => {
    const options = (prefix: string) => Array.from({ length: count }, (_, index) => counted(option(`${prefix}${index}`, words(index))));
    const [before, after] = [options('old'), options('new')];
    reads = 0;
    diffOptions(before, after);
    return reads / count;
  };

  it.each([
    ['each with words of its own', (index: number) => `选项 ${index}`],
    ['all with the same words', () => '选项'],
  ])('are each looked at a few times, however many there are: %s', (_name, words) => {
    expect(readsFor(4_000, words)).toBeLessThanOrEqual(readsFor(40, words) + 1);
    expect(readsFor(4_000, words)).toBeLessThan(100);
  });
});
