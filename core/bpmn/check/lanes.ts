/** An element stands in one lane of each set of lanes (BPMN 2.0, 10.8). */
import { elementAt, elementsIn, type ModdleElement } from '../moddle.ts';
import type { Report } from '../report.ts';

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
