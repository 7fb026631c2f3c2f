/** An element stands in one lane of each set of lanes (BPMN 2.0, 10.8). */
import { elementAt, elementsIn, type ModdleElement } from '../moddle.ts';
import type { Report } from '../report.ts';

/** Where a process has lanes, each of its tasks for persons stands in one: a reader would not see whose it is. In sub-processes lanes need not go on. */
export function checkOutsideLanes(process: ModdleElement, report: Report): void {
  const inLanes = new Set(elementsIn(process, 'laneSets').flatMap(refsIn));
  if (inLanes.size === 0) return;
  for (const { id, $type } of elementsIn(process, 'flowElements')) {
    if ($type !== 'bpmn:UserTask' || id === undefined || inLanes.has(id)) continue;
    report(
      id,
      'lane-given',
      { en: 'It stands in no lane, and the process has lanes. Put it into one.', zh: '流程有泳道，但它不在任何泳道中；请放入一个泳道。' },
      'warning',
    );
  }
}

const refsIn = (laneSet: ModdleElement): readonly string[] =>
  elementsIn(laneSet, 'lanes').flatMap((lane) => {
    const inner = elementAt(lane, 'childLaneSet');
    return [...elementsIn(lane, 'flowNodeRef').flatMap(({ id }) => id ?? []), ...(inner ? refsIn(inner) : [])];
  });

export function checkLanes(laneSet: ModdleElement, report: Report): void {
  const laneOf = new Map<string, ModdleElement>();
  for (const lane of elementsIn(laneSet, 'lanes')) {
    for (const { id } of elementsIn(lane, 'flowNodeRef')) {
      const other = id === undefined ? undefined : laneOf.get(id);
      if (id !== undefined && other && other !== lane) {
        report(
          id,
          'lane-unique',
          {
            en: `It stands in the lanes "${other.id}" and "${lane.id}" at once. Keep it in one.`,
            zh: `同时位于泳道“${other.id}”与“${lane.id}”，请只保留其一。`,
          },
          'warning',
        );
      }
      if (id !== undefined) laneOf.set(id, lane);
    }
    const inner = elementAt(lane, 'childLaneSet');
    if (inner) checkLanes(inner, report);
  }
}
