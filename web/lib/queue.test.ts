import { describe, expect, it } from 'vitest';
import { nextAfter, type Queue } from './queue.ts';

const entry = (id: string) => ({ instanceId: id, taskId: '1' });
const queue = (done: readonly string[]): Queue => ({ back: '/inbox', entries: ['a', 'b', 'c'].map(entry), done });

describe('working through a list', () => {
  it('goes on with the entry behind the present one', () => {
    expect(nextAfter(queue([]), entry('a'))).toEqual(entry('b'));
  });
  it('skips what is already done', () => {
    expect(nextAfter(queue(['b/1']), entry('a'))).toEqual(entry('c'));
  });
  it('comes back to what was left out before', () => {
    expect(nextAfter(queue([]), entry('c'))).toEqual(entry('a'));
  });
  it('ends when everything is done', () => {
    expect(nextAfter(queue(['a/1', 'b/1']), entry('c'))).toBeNull();
  });
  it('begins at the front for a task that is not in the list', () => {
    expect(nextAfter(queue([]), entry('x'))).toEqual(entry('a'));
  });
});
