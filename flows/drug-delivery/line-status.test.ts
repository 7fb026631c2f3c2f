import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import { type LineCourse, lineStandingsOf } from '#core/dispensing/line-course.ts';
import { LINE_STATUSES, mayBecome } from '#core/dispensing/line-status.ts';
import { parseScenario, parseStage } from '#core/process/scenario.ts';
import { runScenario } from '#core/process/scenario-run.ts';
import { loadFlow } from '../load-flow.ts';
import descriptor from './flow.json' with { type: 'json' };

const { graph } = await loadFlow('drug-delivery');
const folder = new URL('./scenarios/', import.meta.url);
const read = (file: string): unknown => parse(readFileSync(new URL(file, folder), 'utf8'));
const stage = parseStage(read('stage.yaml'));
const statusesIn = (file: string) => {
  const { events } = runScenario({ graph, stage, calendarOf: () => CHINA_2026 }, parseScenario(read(file)));
  const told = events.map((event) => ({ event, at: '2026-11-23T01:00:00.000Z' }));
  return lineStandingsOf(descriptor.lines as LineCourse, told).map(({ status }) => status);
};
const files = readdirSync(folder).filter((file) => file !== 'stage.yaml');

describe('the lines of a prescription', () => {
  it('go the ordinary way', () => {
    expect(statusesIn('01-happy-path.yaml')).toEqual([
      'draft',
      'prescribed',
      'in-review',
      'approved',
      'preparing',
      'prepared',
      'ready',
      'dispatched',
      'handed-over',
    ]);
  });

  it('that were opened are destroyed and prepared anew', () => {
    expect(statusesIn('30-opened-is-never-restocked.yaml').slice(-6)).toEqual([
      'counting-back',
      'destroyed',
      'preparing',
      'prepared',
      'ready',
      'dispatched',
    ]);
  });

  it.each(files)('change as the table allows in %s', (file) => {
    const statuses = statusesIn(file);
    const illegal = statuses.flatMap((to, index) => {
      const from = statuses[index - 1];
      return from !== undefined && !mayBecome(from, to) ? [`${from} → ${to}`] : [];
    });
    expect(illegal).toEqual([]);
  });

  it('come to every status that the table has, in one scenario or another', () => {
    const seen = new Set(files.flatMap((file) => [...statusesIn(file)]));
    const missing = Object.keys(LINE_STATUSES).filter((status) => !([...seen] as readonly string[]).includes(status));
    expect(missing).toEqual([]);
  });
});
