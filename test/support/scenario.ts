/** The commands of a flow's scenario, so that a workflow can be told the same instance. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import type { Command } from '#core/process/command.ts';
import { parseScenario, parseStage } from '#core/process/scenario.ts';
import { runScenario } from '#core/process/scenario-run.ts';
import { loadFlow } from '#flows/load-flow.ts';
import { MemoryDoor } from './memory-door.ts';

/** `name`: the file without its ending, such as `01-happy-path`. */
export async function playedScenario(
  key: string,
  name: string,
): Promise<{ readonly door: MemoryDoor; readonly commands: readonly Command[] }> {
  const { graph } = await loadFlow(key);
  const folder = new URL(`../../flows/${key}/scenarios/`, import.meta.url);
  const read = (file: string): unknown => parse(readFileSync(new URL(`${file}.yaml`, folder), 'utf8'));
  const world = { graph, stage: parseStage(read('stage')), calendarOf: () => CHINA_2026 };
  const { problems, commands } = runScenario(world, parseScenario(read(name)));
  if (problems.length > 0) throw new Error(`${key} ${name}: ${problems.join('; ')}`);
  // As stored: an absent value is absent.
  return { door: new MemoryDoor(graph), commands: JSON.parse(inTheFuture(JSON.stringify(commands))) as readonly Command[] };
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g;

/** Every time later by the same number of weeks, so that timers are armed and cancelled as in daily work, whatever today's date. */
function inTheFuture(text: string): string {
  const earliest = Math.min(...(text.match(INSTANT) ?? []).map((instant) => Date.parse(instant)));
  const shiftMs = Math.max(0, Math.ceil((Date.now() - earliest) / WEEK_MS) + 1) * WEEK_MS;
  return text.replaceAll(INSTANT, (instant) => new Date(Date.parse(instant) + shiftMs).toISOString());
}
