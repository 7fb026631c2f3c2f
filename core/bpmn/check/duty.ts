/** Separation of duty: `bihuan:notSameAs` names elements that persons complete, and whoever executes does not control the quality. */
import type { ProcessGraph, UserTask } from '../graph.ts';
import type { Report } from '../report.ts';
import { boundariesOf, elementsOf, reach, successors } from './walk.ts';

export function checkDuty(graph: ProcessGraph, report: Report): void {
  const tasks = elementsOf(graph).filter((element) => element.elementType === 'userTask');
  for (const task of tasks) checkNames(graph, task, report);
  for (const task of tasks) if (isFinalControl(graph, task)) checkControl(task, tasks, report);
}

function checkNames(graph: ProcessGraph, { id, processId, notSameAs }: UserTask, report: Report): void {
  for (const name of notSameAs) {
    const other = graph.elements[name];
    const isCompletedByPersons = other?.elementType === 'userTask' || other?.elementType === 'startEvent';
    if (other && isCompletedByPersons && other.processId === processId) continue;
    report(id, 'not-same-as', {
      en: `bihuan:notSameAs names "${name}", which is not a user task or start event of this process. Name one that is.`,
      zh: `bihuan:notSameAs 中的“${name}”不是本流程的用户任务或开始事件，请更正。`,
    });
  }
}

/** The last word on quality: no other quality control lies on every way on from it. */
function isFinalControl(graph: ProcessGraph, task: UserTask): boolean {
  if (task.phase !== 'quality') return false;
  const after = reach(
    successors(graph, task).filter(({ id }) => graph.elements[id]?.phase !== 'quality'),
    (element) => successors(graph, element).filter((next) => next.phase !== 'quality'),
  );
  const ownBoundaries = new Set(boundariesOf(graph, task).map(({ id }) => id));
  return task.outgoing.length === 0 || [...after].some((id) => !ownBoundaries.has(id) && graph.elements[id]?.outgoing.length === 0);
}

function checkControl({ id, processId, notSameAs }: UserTask, tasks: readonly UserTask[], report: Report): void {
  const executing = tasks.filter((task) => task.phase === 'execute' && task.processId === processId && task.id !== id);
  const missing = executing.filter((task) => !notSameAs.includes(task.id)).map((task) => task.id);
  if (missing.length === 0) return;
  const none = missing.length === executing.length;
  report(
    id,
    'quality-by-another',
    {
      en: `Whoever did ${missing.join(', ')} may also control the quality. Name ${none ? 'the executing tasks' : 'them'} in bihuan:notSameAs.`,
      zh: `办理 ${missing.join('、')} 的人也可以做质控，请在 bihuan:notSameAs 中列出。`,
    },
    none ? 'error' : 'warning',
  );
}
