/** A process is named in English throughout, or not at all: a page in English would show some steps in Chinese. */
import type { ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { elementsOf } from './walk.ts';

export function checkEnglish(graph: ProcessGraph, report: Report): void {
  const elements = elementsOf(graph).filter(({ id, name }) => name['zh-CN'] !== '' && name['zh-CN'] !== id);
  const inEnglish = new Set(elements.flatMap(({ processId, name }) => (name.en === undefined ? [] : [processId])));
  for (const { id, processId, name } of elements) {
    if (name.en !== undefined || !inEnglish.has(processId) || !/\p{Script=Han}/u.test(name['zh-CN'])) continue;
    report(
      id,
      'name-english',
      {
        en: `Others of this process have English names; "${name['zh-CN']}" has none. Give it bihuan:name.en.`,
        zh: `本流程其他元素有英文名称，“${name['zh-CN']}”没有；请填写 bihuan:name.en。`,
      },
      'warning',
    );
  }
}
