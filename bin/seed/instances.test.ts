import { describe, expect, it } from 'vitest';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import { extractFacts } from '#core/form/facts.ts';
import { referenceTo } from '#core/form/references.ts';
import { validateResponse } from '#core/form/validate.ts';
import type { JsonObject } from '#core/json.ts';
import type { CastMember, Scenario, Stage } from '#core/process/scenario.ts';
import { runScenario } from '#core/process/scenario-run.ts';
import { type LoadedFlow, loadFlow } from '#flows/load-flow.ts';
import { type SampleInstance, sampleInstances } from './instances.ts';
import { PLATFORM_ID } from './network.ts';
import { PATIENTS } from './patients.ts';
import { PEOPLE } from './people.ts';
import { type Answers, respond } from './respond.ts';

const NOW = '2026-11-23T09:00:00+08:00';
const samples = sampleInstances(new Date(NOW));
const FLOWS = ['consult', 'advice', 'referral', 'drug-delivery', 'volunteer', 'order', 'standard'] as const;
const flows = new Map(await Promise.all(FLOWS.map(async (key) => [key as string, await loadFlow(key)] as const)));

function flowOf({ service }: Pick<SampleInstance, 'service'>): LoadedFlow {
  const flow = flows.get(service);
  if (!flow) throw new Error(`No sample is of ${service}.`);
  return flow;
}

/** The facts of valid answers; fails where the form refuses them. */
function factsOf({ forms }: LoadedFlow, formKey: string, answers: Answers, by: string): JsonObject {
  const form = forms[formKey];
  if (!form) throw new Error(`There is no form ${formKey}.`);
  const response = respond(form, answers, by);
  expect(validateResponse(form, response, { mode: 'submit', signer: referenceTo('person', by) }), formKey).toEqual([]);
  return extractFacts(form, response);
}

const stage: Stage = {
  at: NOW,
  zone: 'Asia/Shanghai',
  context: { platform: PLATFORM_ID },
  facts: {},
  sequences: {},
  cast: Object.fromEntries(
    PEOPLE.map(({ id, organisationId, roles, teams }): [string, CastMember] => [
      id,
      {
        person: id,
        organisation: organisationId,
        principals: [...roles.map((held) => `role:${held.role}@${held.organisationId}`), ...teams.map((team) => `team:${team}`)],
      },
    ]),
  ),
};

function scenarioOf(sample: SampleInstance): Scenario {
  const { id, by, application, acts, stands, jobs = [] } = sample;
  const flow = flowOf(sample);
  const { graph } = flow;
  const start = Object.values(graph.elements).find((element) => element.elementType === 'startEvent' && element.formKey !== undefined);
  if (start?.elementType !== 'startEvent' || !start.formKey) throw new Error(`Nobody applies for ${sample.service}.`);
  const steps = acts.flatMap((act): Scenario['steps'] => {
    if ('comments' in act || 'copies' in act) return [];
    if ('claims' in act) return [act];
    if ('sends' in act) return [{ ...act, facts: {} }];
    const element = graph.elements[act.does];
    if (element?.elementType !== 'userTask') throw new Error(`${act.does} is not a task of ${sample.service}.`);
    const { answers, ...rest } = act;
    const isFormNeeded = element.outcomes.some(({ code, formRequired }) => code === act.outcome && formRequired);
    expect(isFormNeeded && !answers, `${act.does} of ${id} needs answers`).toBe(false);
    return [{ ...rest, facts: answers && element.formKey ? factsOf(flow, element.formKey, answers, act.by) : {} }];
  });
  const end = 'result' in stands ? { open: [], result: stands.result } : { open: [...stands] };
  return { name: id, start: { by, facts: factsOf(flow, start.formKey, application, by) }, steps: [...steps, ...jobs, { expect: end }] };
}

describe('the sample instances', () => {
  it.each(samples.map((sample) => ({ sample, id: sample.id })))('$id is answered validly and stands where it says', ({ sample }) => {
    const run = runScenario({ graph: flowOf(sample).graph, stage, calendarOf: () => CHINA_2026 }, scenarioOf(sample));
    expect(run.problems).toEqual([]);
  });

  it('are some thirty, each with an id of its own', () => {
    expect(samples.length).toBeGreaterThanOrEqual(30);
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
  });

  it('leave something to do at every link of the loop', () => {
    const open = samples.flatMap((sample) =>
      'result' in sample.stands ? [] : sample.stands.map((elementId) => flowOf(sample).graph.elements[elementId]?.phase),
    );
    const phases = new Set(open);
    expect(phases).toEqual(
      new Set(['apply', 'review', 'dispatch', 'confirm', 'notify', 'prepare', 'execute', 'evaluate', 'quality', undefined]),
    );
  });

  it('show every way in which a fresh instance can end', () => {
    const results = samples.flatMap(({ stands }) => ('result' in stands ? [stands.result] : []));
    expect(new Set(results)).toEqual(new Set(['closed', 'rejected', 'withdrawn', 'aborted']));
  });

  it('give every sample patient an application', () => {
    const used = new Set(samples.map(({ application }) => application['patient.name']));
    for (const { id, answers } of Object.values(PATIENTS)) expect(used.has(answers['patient.name'] ?? ''), id).toBe(true);
  });
});
