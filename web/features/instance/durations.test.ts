import { expect, it } from 'vitest';
import type { TimelineEntry, TimelineType } from '#api/views.ts';
import { durationsOf } from './durations.ts';

const entry = (type: TimelineType, element: string, at: string): TimelineEntry => ({
  seq: 1,
  index: 0,
  at,
  actor: null,
  type,
  elementName: { 'zh-CN': element },
  phase: null,
  outcome: null,
  toName: null,
  reasonCode: null,
  reason: null,
  data: {},
  rules: [],
});

it('a step took from its arrival to its completion, each time anew', () => {
  const first = entry('task-completed', '审核', '2026-11-21T10:30:00Z');
  const second = entry('task-completed', '审核', '2026-11-21T12:05:00Z');
  const durations = durationsOf([
    entry('task-created', '审核', '2026-11-21T10:00:00Z'),
    first,
    entry('task-created', '审核', '2026-11-21T12:00:00Z'),
    second,
  ]);
  expect(durations.get(first)).toBe(30 * 60_000);
  expect(durations.get(second)).toBe(5 * 60_000);
});

it('a step whose arrival is unknown has no duration', () => {
  expect(durationsOf([entry('task-completed', '审核', '2026-11-21T10:30:00Z')]).size).toBe(0);
});
