import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import { parseScenario, parseStage } from '#core/process/scenario.ts';
import { runScenario } from '#core/process/scenario-run.ts';
import { loadFlow } from './load-flow.ts';

const flows = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name: key } of flows) {
  const { graph } = await loadFlow(key);
  const folder = new URL(`./${key}/scenarios/`, import.meta.url);
  const read = (file: string): unknown => parse(readFileSync(new URL(file, folder), 'utf8'));
  const stage = parseStage(read('stage.yaml'));
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'stage.yaml');

  describe(`the flow ${key}`, () => {
    it.each(files.map((file) => ({ file, scenario: parseScenario(read(file)) })))('$scenario.name', ({ scenario }) => {
      const { problems } = runScenario({ graph, stage, calendarOf: () => CHINA_2026 }, scenario);
      expect(problems).toEqual([]);
    });
  });
}
