/** Value sets from which nobody can choose, and those that need a server. */
import type { Report } from '../check.ts';
import { allItems } from '../items.ts';
import type { Questionnaire } from '../questionnaire.ts';
import { conceptKey } from './coding.ts';
import { type Lack, withBelow } from './expand.ts';
import { placeOf } from './place.ts';
import type { ValueSet } from './resources.ts';

export function checkValueSets(questionnaire: Questionnaire, report: Report): void {
  for (const { linkId, answerOption, answerValueSet } of allItems(questionnaire.item ?? [])) {
    if (answerOption || answerValueSet === undefined) continue;
    const place = placeOf(questionnaire, answerValueSet);
    if (place.kind === 'nowhere') report(linkId, ruleOf(place.lack), ...wordsOf(answerValueSet, place.lack));
    if (place.kind === 'here' && place.codings.length === 0) {
      report(linkId, 'form-options', `The value set ${answerValueSet} holds nothing to choose.`, `值集 ${answerValueSet} 中没有可选项。`);
    }
    if (place.kind === 'server') {
      report(
        linkId,
        'form-value-set',
        `The value set ${place.canonical} is not wholly in the form or beside it. It is looked up on a terminology server; where none is configured, nothing can be chosen.`,
        `值集 ${place.canonical} 未完整包含在表单或同一套文件中，将向术语服务器查询；未配置术语服务器时无法选择。`,
        'warning',
      );
    }
  }
  checkContained(questionnaire, report);
}

function checkContained({ contained = [] }: Questionnaire, report: Report): void {
  const seen = new Set<string>();
  for (const resource of contained) {
    const id = resource.id ?? '';
    if (seen.has(id)) report(`#${id}`, 'form-value-set', `Two contained resources have the id "${id}".`, `内含资源的编号“${id}”重复。`);
    seen.add(id);
    const [repeated] = resource.resourceType === 'ValueSet' ? repeatedIn(resource) : [];
    if (repeated === undefined) continue;
    report(`#${id}`, 'form-value-set', `The value set lists ${repeated} twice.`, `值集中 ${repeated} 重复。`, 'warning');
  }
}

/** Concepts that one list names twice; that two includes have some in common is what adding up is for. */
function repeatedIn({ compose, expansion }: ValueSet): readonly string[] {
  const lists = [
    ...(compose?.include ?? []).map(({ system, concept }) =>
      (concept ?? []).map(({ code }) => conceptKey({ ...(system && { system }), code })),
    ),
    (expansion?.contains ?? [])
      .flatMap(withBelow)
      .flatMap(({ system, code }) => (code === undefined ? [] : [conceptKey({ ...(system && { system }), code })])),
  ];
  return lists.flatMap((keys) => {
    const seen = new Set<string>();
    return keys.filter((key) => seen.size === seen.add(key).size);
  });
}

const ruleOf = ({ reason, what }: Lack): string => (reason === 'value-set' && what.startsWith('#') ? 'form-options' : 'form-value-set');

function wordsOf(asked: string, { reason, what }: Lack): readonly [message: string, messageZh: string] {
  switch (reason) {
    case 'value-set':
      return what.startsWith('#')
        ? [`The form contains no value set "${what.slice(1)}".`, '表单中没有所引用的值集。']
        : [`The value set ${asked} includes ${what}, which is not beside it. Put it there.`, `值集 ${asked} 包含 ${what}，请放在一起。`];
    case 'code-system':
      return [
        `The value set ${asked} takes from the code system ${what}, which is not wholly beside it. Put it there, list the concepts, or give the set an address that a terminology server knows.`,
        `值集 ${asked} 取自代码系统 ${what}，但没有其全部内容；请放在一起、逐一列出，或给值集一个术语服务器认得的地址。`,
      ];
    case 'filter':
      return [
        `The value set ${asked} uses the filter "${what}", which only a terminology server can apply. List the concepts, or give the set an address.`,
        `值集 ${asked} 的筛选条件“${what}”只能由术语服务器处理；请逐一列出，或给值集一个地址。`,
      ];
    case 'content':
      return [`Nothing says what the value set ${what} holds.`, `值集 ${what} 没有内容。`];
    case 'circle':
      return [`The value set ${what} includes itself. Take it out in one place.`, `值集 ${what} 循环包含自身，请去掉一处。`];
  }
}
