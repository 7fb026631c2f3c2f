/** What people are asked to do must be doable by somebody, and mean what it says. */
import type { ProcessGraph, UserTask } from '../graph.ts';
import type { Report } from '../report.ts';
import { elementsOf, reach, successors } from './walk.ts';

export function checkUserTasks(graph: ProcessGraph, report: Report): void {
  for (const element of elementsOf(graph)) {
    if (element.elementType === 'endEvent' && element.result !== undefined) {
      checkResult(element.id, element.result, report);
      if (element.parentId !== null) {
        report(element.id, 'result-place', {
          en: 'bihuan:result has no effect inside a sub-process. Put it on the end event of the process that this one leads to.',
          zh: '子流程内的 bihuan:result 不起作用，请放在流程层的结束事件上。',
        });
      }
    }
    if (element.elementType === 'userTask') {
      checkTask(element, report);
      checkReturns(graph, element, report);
    }
  }
}

function checkTask(task: UserTask, report: Report): void {
  const { id, assignee, candidateUsers, candidateGroups, resultVariable, deadline, outcomes } = task;
  if (assignee === undefined && candidateUsers === undefined && candidateGroups === undefined) {
    report(
      id,
      'task-candidates',
      {
        en: 'It names nobody who may do it, so it waits until somebody assigns it. Give candidates in zeebe:assignmentDefinition.',
        zh: '未指定可办理人，只能等待人工指派；请在 zeebe:assignmentDefinition 中设置候选人。',
      },
      'warning',
    );
  }
  if (resultVariable !== undefined && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(resultVariable)) {
    report(id, 'property-value', {
      en: `bihuan:result is "${resultVariable}", which is not a variable name.`,
      zh: `bihuan:result 的值“${resultVariable}”不是变量名。`,
    });
  }
  const unknown = (deadline?.carryOutcomes ?? []).filter((code) => !outcomes.some((outcome) => outcome.code === code));
  if (unknown.length > 0) {
    report(id, 'unknown-outcome', {
      en: `bihuan:carryOutcomes names ${unknown.join(', ')}, which bihuan:outcomes does not declare.`,
      zh: `bihuan:carryOutcomes 中的 ${unknown.join('、')} 未在 bihuan:outcomes 中声明。`,
    });
  }
}

/** Whether a path leads from there to here depends on the scopes that are open; that there is none in the same scope can be told now. */
function checkReturns(graph: ProcessGraph, { id, processId, parentId, returns }: UserTask, report: Report): void {
  if (returns === undefined || returns === 'any') return;
  for (const name of returns) {
    const other = graph.elements[name];
    const isEarlier = other !== undefined && (other.parentId !== parentId || reach([other], (each) => successors(graph, each)).has(id));
    if (other?.elementType === 'userTask' && other.processId === processId && name !== id && isEarlier) continue;
    report(id, 'return-to', {
      en: `bihuan:return names "${name}", which is not an earlier user task of this process. Name one that is, or write any.`,
      zh: `bihuan:return 中的“${name}”不是本流程中更早的用户任务，请更正，或写 any。`,
    });
  }
}

function checkResult(id: string, result: string, report: Report): void {
  if (/^[a-z][a-z0-9-]*$/.test(result)) return;
  report(id, 'property-value', {
    en: `bihuan:result is "${result}". It must be a code such as closed, rejected or withdrawn.`,
    zh: `bihuan:result 的值“${result}”应为代码，例如 closed、rejected、withdrawn。`,
  });
}
