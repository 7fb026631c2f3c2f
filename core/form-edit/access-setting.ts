/** Who may see, change or must give the answer, at which steps (`core/form/access`). */
import { ACCESS_PART, type AccessRule, ruleIn } from '#core/form/access/rules.ts';
import { EXTENSION } from '#core/form/extensions.ts';
import type { Extension } from '#core/form/questionnaire.ts';
import { extensionsOf, withExtensions } from './extension-list.ts';
import { isSame, withList } from './members.ts';
import type { ExtensionSetting } from './setting.ts';

export const accessSetting: ExtensionSetting<readonly AccessRule[]> = {
  read: (holder) => extensionsOf(holder, EXTENSION.access).flatMap((each) => ruleIn(each) ?? []),
  write: (holder, rules) => {
    const all = extensionsOf(holder, EXTENSION.access);
    const sources = all.filter((each) => ruleIn(each) !== null);
    const open = rules.map((rule, index) => written(sources[index] ?? { url: EXTENSION.access }, rule));
    // One whose mode nobody knows is not ours to write: it stays where it stands.
    const list = all.flatMap((each) => (ruleIn(each) === null ? [each] : open.splice(0, 1)));
    return withExtensions(holder, EXTENSION.access, [...list, ...open]);
  },
};

function written(source: Extension, rule: AccessRule): Extension {
  if (isSame(ruleIn(source), rule)) return source;
  const ours: ReadonlySet<string> = new Set(Object.values(ACCESS_PART));
  const others = (source.extension ?? []).filter(({ url }) => !ours.has(url));
  return withList(source, 'extension', [
    { url: ACCESS_PART.mode, valueCode: rule.mode },
    ...rule.elements.map((valueString) => ({ url: ACCESS_PART.element, valueString })),
    ...rule.roles.map((valueCode) => ({ url: ACCESS_PART.role, valueCode })),
    ...rule.exceptRoles.map((valueCode) => ({ url: ACCESS_PART.exceptRole, valueCode })),
    ...others,
  ]);
}
