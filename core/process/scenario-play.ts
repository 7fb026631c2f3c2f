/** A scenario under way: its world, the state so far, and who is who. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { WorkingCalendar } from '#core/calendar/calendar.ts';
import type { Command } from './command.ts';
import type { ProcessEvent } from './event.ts';
import type { CastMember, Stage } from './scenario.ts';
import type { ProcessState } from './state.ts';

export interface ScenarioWorld {
  readonly graph: ProcessGraph;
  readonly stage: Stage;
  /** The working calendar of an organisation. */
  readonly calendarOf: (organisationId: string) => WorkingCalendar;
}

/** A scenario under way. Its problems end it: what comes after a broken step says nothing. */
export interface Play {
  readonly world: ScenarioWorld;
  state: ProcessState | null;
  at: string;
  readonly events: ProcessEvent[];
  /** The accepted ones, as the door would store them. */
  readonly accepted: Command[];
  /** How many events had happened at the last expectation. */
  seen: number;
  commands: number;
}

export class BrokenScenario extends Error {}

export const openElements = ({ state }: Play): readonly string[] =>
  Object.values(state?.tasks ?? {})
    .map(({ elementId }) => elementId)
    .sort();

export function memberOf({ world }: Play, name: string): CastMember {
  const member = world.stage.cast[name];
  if (!member) throw new BrokenScenario(`Nobody in the cast is called ${name}.`);
  return member;
}

export const principalsOf = ({ person, principals }: CastMember): readonly string[] => [`person:${person}`, ...principals];
