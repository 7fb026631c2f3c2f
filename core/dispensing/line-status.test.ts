import { describe, expect, it } from 'vitest';
import {
  isLineStatus,
  LINE_STATUSES,
  type LineChange,
  type LineStatus,
  mayBecome,
  mayTell,
  problemOfChange,
  statusAfterCount,
  TASK_STATUSES,
  type TaskStatus,
} from './line-status.ts';

const STATUSES = Object.keys(LINE_STATUSES).filter(isLineStatus);
const ENDS = STATUSES.filter((status) => LINE_STATUSES[status].length === 0);
const TASKS: readonly TaskStatus[] = ['requested', 'accepted', 'in-progress', 'on-hold', 'completed', 'rejected', 'cancelled', 'failed'];

function reachableFrom(first: LineStatus): ReadonlySet<LineStatus> {
  const seen = new Set<LineStatus>([first]);
  for (const status of seen) for (const next of LINE_STATUSES[status]) seen.add(next);
  return seen;
}

describe('the status of a line', () => {
  it('is reached from the draft, whichever it is', () => {
    expect([...reachableFrom('draft')].sort()).toEqual([...STATUSES].sort());
  });

  it('always has a way to an end', () => {
    for (const status of STATUSES) {
      const ends = [...reachableFrom(status)].filter((each) => ENDS.includes(each));
      expect({ status, ends: ends.length }).not.toEqual({ status, ends: 0 });
    }
  });

  it('ends in four ways', () => {
    expect([...ENDS].sort()).toEqual(['handed-over', 'not-dispensed', 'refused', 'withdrawn']);
  });

  it('never comes past the review', () => {
    const leadingTo = (target: LineStatus): readonly LineStatus[] => STATUSES.filter((status) => mayBecome(status, target));
    expect(leadingTo('approved')).toEqual(['in-review']);
    expect(
      leadingTo('preparing').filter((status) => !['approved', 'restocked', 'destroyed', 'quarantined', 'missing'].includes(status)),
    ).toEqual([]);
  });

  it('is handed over only from where it could be held', () => {
    expect(STATUSES.filter((status) => mayBecome(status, 'handed-over'))).toEqual(['ready-to-collect', 'dispatched']);
  });

  it('is withdrawn before it leaves the pharmacist, or after it was counted back', () => {
    expect(STATUSES.filter((status) => mayBecome(status, 'withdrawn'))).not.toEqual(
      expect.arrayContaining(['ready', 'ready-to-collect', 'dispatched', 'handed-over']),
    );
  });
});

describe('the status of the task that is told with it', () => {
  it('exists for every line status, and every line status is known', () => {
    expect(Object.keys(TASK_STATUSES).sort()).toEqual([...STATUSES].sort());
  });

  it('is completed only where the line has ended or waits to be taken', () => {
    expect(STATUSES.filter((status) => mayTell(status, 'completed'))).toEqual([
      'ready',
      'ready-to-collect',
      'handed-over',
      'not-dispensed',
    ]);
  });

  it.each(ENDS)('never goes on when the line is %s', (status) => {
    expect(TASKS.filter((task) => mayTell(status, task) && ['requested', 'accepted', 'in-progress', 'on-hold'].includes(task))).toEqual([]);
  });
});

describe('a change as it is told', () => {
  const change: LineChange = {
    from: 'in-review',
    to: 'approved',
    task: 'in-progress',
    at: '2026-11-23T01:00:00.000Z',
    toldAt: '2026-11-23T01:00:00.000Z',
  };

  it.each([
    [{}, null],
    [{ to: 'in-review' }, null],
    [{ to: 'preparing' }, 'illegal-change'],
    [{ from: null, to: 'prescribed', task: 'requested' }, null],
    [{ from: null, to: 'dispatched', task: 'in-progress' }, 'not-the-first'],
    [{ task: 'completed' }, 'illegal-task-status'],
    [{ from: 'dispatched', to: 'handed-over', task: 'completed' }, null],
    [{ from: 'handed-over', to: 'counting-back' }, 'illegal-change'],
    [{ at: '2026-11-23T01:05:00.000Z' }, null],
    [{ at: '2026-11-23T01:05:00.001Z' }, 'in-the-future'],
  ] as const)('with %o is %s', (differs, problem) => {
    expect(problemOfChange({ ...change, ...differs })).toBe(problem);
  });

  it('is legal exactly where the table says so', () => {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        const [task] = TASK_STATUSES[to];
        const isLegal = from === to || (LINE_STATUSES[from] as readonly string[]).includes(to);
        expect({ from, to, problem: problemOfChange({ ...change, from, to, task }) }).toEqual({
          from,
          to,
          problem: isLegal ? null : 'illegal-change',
        });
      }
    }
  });
});

describe('what was counted back', () => {
  it.each([
    [{ isHere: true, isOpened: false, disposition: 'restock' }, 'restocked'],
    [{ isHere: true, isOpened: false, disposition: 'quarantine' }, 'quarantined'],
    [{ isHere: true, isOpened: true, disposition: 'destroy' }, 'destroyed'],
    [{ isHere: true, isOpened: true, disposition: 'quarantine' }, 'quarantined'],
    [{ isHere: true, isOpened: true, disposition: 'restock' }, 'destroyed'],
    [{ isHere: false, isOpened: false, disposition: null }, 'missing'],
  ] as const)('as %o is %s', (counted, status) => {
    expect(statusAfterCount(counted)).toBe(status);
  });
});
