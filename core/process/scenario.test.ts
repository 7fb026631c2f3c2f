import { describe, expect, it } from 'vitest';
import { compileBpmn } from '#core/bpmn/compile.ts';
import { CHINA_2026 } from '#core/calendar/china-2026.ts';
import { diagramXml, endEvent, graphOf, serviceTask, smallProcess, startEvent } from '#test/support/bpmn.ts';
import { parseScenario, parseStage } from './scenario.ts';
import { runScenario } from './scenario-run.ts';

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <bpmn:process id="leave" name="请假" isExecutable="true">
    <bpmn:startEvent id="ask"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="ask" targetRef="approve" />
    <bpmn:userTask id="approve" name="审批">
      <bpmn:extensionElements>
        <zeebe:assignmentDefinition candidateGroups="=[&quot;role:head@ward&quot;]" />
        <zeebe:properties>
          <zeebe:property name="bihuan:deadline" value="PT8H" />
          <zeebe:property name="bihuan:deadlineClock" value="working" />
          <zeebe:property name="bihuan:remindAt" value="50" />
          <zeebe:property name="bihuan:escalateTo" value="=[&quot;role:director@ward&quot;]" />
          <zeebe:property name="bihuan:notSameAs" value="ask" />
        </zeebe:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="b" sourceRef="approve" targetRef="done" />
    <bpmn:endEvent id="done"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

const { graph, findings } = await compileBpmn({ key: 'leave', xml: XML });
if (!graph) throw new Error(JSON.stringify(findings));

const stage = parseStage({
  at: '2026-11-23T09:00:00+08:00',
  zone: 'Asia/Shanghai',
  cast: {
    nurse: { person: 'n', organisation: 'ward' },
    head: { person: 'h', organisation: 'ward', principals: ['role:head@ward'] },
  },
  sequences: { approved: [{ by: 'head', does: 'approve' }] },
});

const problemsOf = (steps: readonly unknown[], start: object = { by: 'nurse' }): readonly string[] =>
  runScenario({ graph, stage, calendarOf: () => CHINA_2026 }, parseScenario({ name: 'any', start, steps })).problems;

describe('a scenario', () => {
  it('has no problem when everything holds', () => {
    expect(problemsOf([{ expect: { open: [{ element: 'approve', candidates: ['role:head@ward'] }] } }, { play: 'approved' }])).toEqual([]);
  });

  it('names the step that does not hold, and what was instead', () => {
    expect(problemsOf([{ play: 'approved' }, { expect: { open: ['approve'] } }])).toEqual([
      'step 2 (expect): Open tasks: [] instead of ["approve"].',
    ]);
  });

  it('names the step inside a shared sequence', () => {
    expect(problemsOf([{ play: 'approved' }, { play: 'approved' }])).toEqual([
      'step 2, approved 1 (head does approve): approve has no open task; open are none.',
    ]);
  });

  it('counts working time from the given calendar and fires what falls due on the way', () => {
    const steps = [
      { until: '2026-11-24T08:59:00+08:00' },
      { expect: { reminded: { approve: 1 }, open: [{ element: 'approve', overdue: false, due: '2026-11-24T09:00:00+08:00' }] } },
      { after: 'PT1M' },
      { expect: { escalated: { approve: ['role:director@ward'] } } },
    ];
    expect(problemsOf(steps)).toEqual([]);
  });

  it('takes an expected refusal for what holds, and its absence for what does not', () => {
    expect(problemsOf([{ by: 'nurse', does: 'approve', refused: 'not-candidate' }])).toEqual([]);
    expect(problemsOf([{ by: 'head', does: 'approve', refused: 'excluded' }])).toEqual([
      'step 1 (head does approve): Expected the refusal excluded, but it was accepted.',
    ]);
    expect(problemsOf([{ by: 'nurse', does: 'approve' }])).toEqual(['step 1 (nurse does approve): Refused: not-candidate.']);
  });

  it('knows only the people of its stage, and no way back in time', () => {
    expect(problemsOf([{ by: 'stranger', does: 'approve' }])).toEqual([
      'step 1 (stranger does approve): Nobody in the cast is called stranger.',
    ]);
    expect(problemsOf([{ until: '2026-11-22T09:00:00+08:00' }])).toHaveLength(1);
  });

  it('refuses a step with a word that it does not know', () => {
    expect(() => parseScenario({ name: 'any', start: { by: 'nurse' }, steps: [{ by: 'nurse', doez: 'approve' }] })).toThrow();
  });
});

describe('a scenario with work that no person does', async () => {
  const graph = await graphOf(
    diagramXml(
      smallProcess(
        'p',
        `${startEvent}${serviceTask('print')}<bpmn:callActivity id="call" calledElement="elsewhere" />${endEvent()}`,
        'start > print > call > end',
      ),
    ),
  );
  const play = (steps: readonly unknown[]) =>
    runScenario({ graph, stage, calendarOf: () => CHINA_2026 }, parseScenario({ name: 'any', start: { by: 'nurse' }, steps }));

  it('is given what a job and a called process bring back', () => {
    const { problems, state } = play([
      { job: 'print', gives: { labels: 2 } },
      { expect: { variables: { labels: 2 }, result: 'still open' } },
      { finishes: 'call', gives: { answer: 'yes' } },
    ]);
    expect({ problems, status: state?.status }).toEqual({ problems: [], status: 'completed' });
  });

  it('says so where no process is called', () => {
    expect(play([{ finishes: 'call' }]).problems).toEqual(['step 1 (call finishes): call calls no process.']);
  });
});
