import { describe, expect, it } from 'vitest';
import { canRedo, canUndo, closeMerge, HISTORY_MAX, historyOf, record, redo, undo } from './history.ts';

describe('a history', () => {
  it('goes back and forth', () => {
    const history = record(record(historyOf('a'), 'b'), 'c');
    expect(undo(history).present).toBe('b');
    expect(undo(undo(history)).present).toBe('a');
    expect(redo(undo(history)).present).toBe('c');
    expect(canUndo(undo(undo(history)))).toBe(false);
    expect(undo(historyOf('a')).present).toBe('a');
    expect(redo(history)).toBe(history);
  });

  it('forgets what was undone once something else happens', () => {
    expect(canRedo(record(undo(record(historyOf('a'), 'b')), 'c'))).toBe(false);
  });

  it('counts letters typed into one field as one', () => {
    const typed = ['h', 'he', 'hel'].reduce((history, text) => record(history, text, 'q1.text'), historyOf(''));
    expect(undo(typed).present).toBe('');
  });

  it('tells fields apart, and the same field after it was left or after an undo', () => {
    const two = record(record(historyOf(''), 'a', 'q1'), 'ab', 'q2');
    expect(undo(two).present).toBe('a');
    expect(undo(record(closeMerge(record(historyOf(''), 'a', 'q1')), 'ab', 'q1')).present).toBe('a');
    const afterUndo = undo(record(record(historyOf(''), 'a'), 'b', 'q1'));
    expect(undo(record(afterUndo, 'c', 'q1')).present).toBe('a');
  });

  it('does not record what changes nothing', () => {
    const history = historyOf('a');
    expect(record(history, 'a')).toBe(history);
  });

  it('keeps so many and no more', () => {
    let history = historyOf(0);
    for (let value = 1; value <= HISTORY_MAX + 50; value += 1) history = record(history, value);
    expect(history.past).toHaveLength(HISTORY_MAX);
    expect(history.past[0]).toBe(50);
  });
});
