/** Every rule that a graph is held to before it is published. Each finding names its element and says the mend. */
import type { ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { checkCatchers } from './catchers.ts';
import { checkChoices } from './choices.ts';
import { checkClosedLoop } from './closed-loop.ts';
import { checkConditions } from './conditions.ts';
import { checkDuty } from './duty.ts';
import { checkEnglish } from './english.ts';
import { checkEvents } from './events.ts';
import { checkHttpJobs } from './http-jobs.ts';
import { checkReachability } from './reachability.ts';
import { checkReferences, type Known } from './references.ts';
import { checkRoles } from './roles.ts';
import { checkScopes } from './scopes.ts';
import { checkStarts } from './starts.ts';
import { checkUserTasks } from './user-tasks.ts';

export type Rule = (graph: ProcessGraph, report: Report) => void;

const RULES: readonly Rule[] = [
  checkScopes,
  checkStarts,
  checkEvents,
  checkCatchers,
  checkConditions,
  checkChoices,
  checkReachability,
  checkUserTasks,
  checkRoles,
  checkEnglish,
  checkHttpJobs,
  checkDuty,
  checkClosedLoop,
];

export function checkGraph(graph: ProcessGraph, known: Known, report: Report): void {
  for (const rule of RULES) rule(graph, report);
  checkReferences(graph, known, report);
}
