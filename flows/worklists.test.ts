import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import { parseScenario, parseStage } from '#core/process/scenario.ts';
import { runScenario } from '#core/process/scenario-run.ts';
import { flowKeys, loadFlow } from './load-flow.ts';

/** Role principals name their organisation: `role:manager@org-lead`. */
const organisationOf = (principal: string): readonly string[] => /^role:[^@]+@(.+)$/.exec(principal)?.slice(1) ?? [];

describe.each(flowKeys())('the open work of the flow %s', async (key) => {
  const { graph } = await loadFlow(key);
  const folder = new URL(`./${key}/scenarios/`, import.meta.url);
  const read = (file: string): unknown => parse(readFileSync(new URL(file, folder), 'utf8'));
  const stage = parseStage(read('stage.yaml'));
  const files = readdirSync(folder).filter((file) => file !== 'stage.yaml');
  const created = files
    .flatMap((file) => runScenario({ graph, stage, calendarOf: () => CHINA_2026 }, parseScenario(read(file))).events)
    .flatMap((event) => (event.type === 'task.created' ? [event] : []));

  it('stands on exactly one organisation’s worklist, whatever happens', () => {
    const elsewhere = created.filter(({ candidates, assignee }) => {
      const organisations = new Set(candidates.flatMap(organisationOf));
      return organisations.size > 1 || (candidates.length === 0 && assignee === undefined);
    });
    expect(elsewhere.map(({ elementId }) => elementId)).toEqual([]);
  });

  it('comes up in one scenario or another, every task of it', () => {
    const tasks = Object.values(graph.elements).filter(({ elementType }) => elementType === 'userTask');
    const seen = new Set(created.map(({ elementId }) => elementId));
    expect(tasks.filter(({ id }) => !seen.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
