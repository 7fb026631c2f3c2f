/**
 * Executable examples: who does what in which order, and what must hold after it. A scenario is data (`flows/<key>/scenarios/*.yaml`);
 * this file says what it may contain, `scenario-run.ts` plays it through the interpreter under a virtual clock.
 */
import { z } from 'zod';
import type { Json, JsonObject } from '#core/json.ts';

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
const facts: z.ZodType<JsonObject> = z.record(z.string(), json);

/** A person of the scenario, under the name that the steps use. */
const castMember = z.strictObject({ person: z.string(), organisation: z.string(), principals: z.array(z.string()).default([]) });

const reasons = { reason: z.string().optional(), reasonCode: z.string().optional() };
const act = { outcome: z.string().optional(), facts: facts.default({}), ...reasons };

const openTask = z.union([
  z.string(),
  z.strictObject({
    element: z.string(),
    /** Exactly these principals, in any order. */
    candidates: z.array(z.string()).optional(),
    assignee: z.string().optional(),
    due: z.string().optional(),
    overdue: z.boolean().optional(),
  }),
]);

const expectation = z.strictObject({
  /** Exactly these elements have an open task; one entry for each task. */
  open: z.array(openTask).optional(),
  /** Exactly these links of the loop have been entered so far. */
  phases: z.array(z.string()).optional(),
  result: z.string().optional(),
  /** At least these announcements were made since the last expectation. */
  told: z.array(z.strictObject({ what: z.string(), whom: z.array(z.string()).optional() })).optional(),
  /** Exactly so many reminders of these elements since the last expectation. */
  reminded: z.record(z.string(), z.number()).optional(),
  /** Elements that became overdue since the last expectation, and who was told. */
  escalated: z.record(z.string(), z.array(z.string())).optional(),
  /** These variables have these values; others may be there too. */
  variables: facts.optional(),
  /** Codes of the messages that a person may send now. */
  actions: z.record(z.string(), z.array(z.string())).optional(),
});

const plainStep = z.union([
  /** Claims the task where needed and completes it. `refused` turns it into an attempt that must fail with that code. */
  z.strictObject({ by: z.string(), does: z.string(), ...act, refused: z.string().optional() }),
  z.strictObject({ by: z.string(), sends: z.string(), facts: facts.default({}), ...reasons, refused: z.string().optional() }),
  /** A message from elsewhere reaches the instance. */
  z.strictObject({ arrives: z.string(), key: z.string().optional(), facts: facts.default({}), refused: z.string().optional() }),
  /** A signal of another instance reaches it. */
  z.strictObject({ hears: z.string(), facts: facts.default({}), refused: z.string().optional() }),
  z.strictObject({ by: z.string(), claims: z.string(), refused: z.string().optional() }),
  z.strictObject({ by: z.string(), assigns: z.string(), to: z.string(), refused: z.string().optional() }),
  /** A program does the open job of this element. */
  z.strictObject({ job: z.string(), gives: facts.default({}) }),
  /** The process that this element calls is over; `gives` is what comes back. */
  z.strictObject({ finishes: z.string(), gives: facts.default({}) }),
  /** Time passes; whatever falls due on the way happens at its time. */
  z.strictObject({ after: z.string() }),
  z.strictObject({ until: z.string() }),
  z.strictObject({ expect: expectation }),
]);
/** `play` stands for the steps of a sequence that several scenarios share. */
const step = z.union([plainStep, z.strictObject({ play: z.string() })]);

export const scenarioSchema = z.strictObject({
  name: z.string(),
  why: z.string().optional(),
  process: z.string().optional(),
  /** When it begins: an instant with offset. */
  at: z.string().optional(),
  /** `element`: a message begins it there, and it belongs to the organisation of `by`; a fact `starter` names the person for whom a job begins it. */
  start: z.strictObject({ by: z.string(), element: z.string().optional(), facts: facts.default({}), refused: z.string().optional() }),
  steps: z.array(step),
});

export const stageSchema = z.strictObject({
  at: z.string(),
  zone: z.string(),
  /** Variables that the door gives at the start, besides `starter`. */
  context: facts.default({}),
  /** Facts of an ordinary application; a scenario names only what differs. */
  facts: facts.default({}),
  cast: z.record(z.string(), castMember),
  sequences: z.record(z.string(), z.array(step)).default({}),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioStep = z.infer<typeof plainStep>;
export type Expectation = z.infer<typeof expectation>;
/** What all scenarios of a flow share. */
export type Stage = z.infer<typeof stageSchema>;
export type CastMember = z.infer<typeof castMember>;

export const parseScenario = (input: unknown): Scenario => scenarioSchema.parse(input);
export const parseStage = (input: unknown): Stage => stageSchema.parse(input);
