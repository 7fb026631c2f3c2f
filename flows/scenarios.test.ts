import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { parseScenario, parseStage, type Stage } from '#core/process/scenario.ts';
import { runScenario } from '#core/process/scenario-run.ts';
import { flowKeys, loadFlow } from './load-flow.ts';

for (const key of flowKeys()) {
  const { graph } = await loadFlow(key);
  const folder = new URL(`./${key}/scenarios/`, import.meta.url);
  const read = (file: string): unknown => parse(readFileSync(new URL(file, folder), 'utf8'));
  const stage = parseStage(read('stage.yaml'));
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'stage.yaml');

  describe(`the flow ${key}`, () => {
    it.each(files.map((file) => ({ file, scenario: parseScenario(read(file)) })))('$scenario.name', ({ scenario }) => {
      const { problems, events } = runScenario({ graph, stage, calendarOf: () => CHINA_2026 }, scenario);
      expect(problems).toEqual([]);
      // Whatever is to be done stands on the worklist of one organisation, and of no other.
      for (const event of events) if (event.type === 'task.created') expect(worklistsOf(event, stage), event.elementId).toHaveLength(1);
    });
  });
}

/** The organisations whose people may do it: those of persons as the stage knows them, teams are the platform's. */
function worklistsOf(
  { assignee, candidates }: Extract<ProcessEvent, { type: 'task.created' }>,
  { cast, context }: Stage,
): readonly string[] {
  const members = Object.values(cast);
  const organisationOf = (principal: string): string => {
    const [kind = '', name = ''] = principal.split(':');
    if (kind === 'role') return name.split('@')[1] ?? '';
    if (kind === 'team') return String(context.platform);
    return members.find(({ person }) => person === name)?.organisation ?? 'nobody of the stage';
  };
  return [...new Set([...candidates, ...(assignee ? [`person:${assignee}`] : [])].map(organisationOf))];
}
