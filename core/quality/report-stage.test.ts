import { expect, it } from 'vitest';
import { reportStage } from './report-stage.ts';

it.each([
  ['active', ['enter'], false, 'not-reported'],
  ['active', [], false, 'not-reported'],
  ['active', ['check'], false, 'checking'],
  ['active', ['locked'], false, 'locked'],
  ['active', ['correct'], true, 'correcting'],
  ['active', ['approve-hospital'], true, 'approving'],
  ['active', ['approve-city'], true, 'approving'],
  ['active', ['approve-province'], true, 'approving'],
  ['active', ['accept'], true, 'accepting'],
  ['active', [], true, 'accepted'],
  ['active', ['evaluate'], true, 'answering'],
  ['active', ['plan'], true, 'answering'],
  ['active', ['confirm'], true, 'answering'],
  ['closed', [], true, 'closed'],
  ['expired', [], false, 'missed'],
  ['aborted', [], true, 'left'],
  ['canceled', [], false, 'left'],
  ['closed-unevaluated', [], true, 'unanswered'],
] as const)('a report that is %s with %j open, reported %s, is %s', (status, elementIds, isReported, stage) =>
  expect(reportStage({ status, elementIds, isReported })).toBe(stage),
);
