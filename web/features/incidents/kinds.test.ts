import { describe, expect, it } from 'vitest';
import { kindFrom, kindText } from './kinds.ts';

describe('a kind of incidents in an address', () => {
  it('is read as it was written, whatever its names hold', () => {
    const kind = { serviceKey: 'consult', elementId: 'a/b 会诊%', code: 'job-failed' };
    expect(kindFrom(kindText(kind))).toEqual(kind);
  });

  it.each([undefined, '', 'consult', 'a/b', 'a/b/c/d', 'a//c', '%/b/c', ['a/b/c']])('is left out where it says %j', (text) => {
    expect(kindFrom(text)).toBeNull();
  });
});
