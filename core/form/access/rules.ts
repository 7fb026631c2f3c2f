/** Our `access` extension of an item, read once: what it asks, and where and for whom it holds (docs/decisions/0026-field-rights.md). */
import { EXTENSION } from '../extensions.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';

export const ACCESS_MODES = ['hidden', 'masked', 'read-only', 'required'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

export interface AccessRule {
  readonly mode: AccessMode;
  /** Ids of BPMN elements at whose tasks it holds; none: everywhere. */
  readonly elements: readonly string[];
  /** Roles of `core/access/roles.ts` for which it holds; none: for all. */
  readonly roles: readonly string[];
  /** Roles for which it does not. */
  readonly exceptRoles: readonly string[];
}

/** The parts of the extension, by their url. */
export const ACCESS_PART = { mode: 'mode', element: 'element', role: 'role', exceptRole: 'except-role' } as const;

export const isAccessMode = (value: unknown): value is AccessMode => ACCESS_MODES.some((mode) => mode === value);

const known = new WeakMap<QuestionnaireItem, readonly AccessRule[]>();

/** A rule whose mode is unknown is refused by the checker and asks nothing. */
export function rulesOf(item: QuestionnaireItem): readonly AccessRule[] {
  const found =
    known.get(item) ?? (item.extension ?? []).filter(({ url }) => url === EXTENSION.access).flatMap((each) => ruleIn(each) ?? []);
  known.set(item, found);
  return found;
}

/** Null where its mode is unknown. */
export function ruleIn(extension: Extension): AccessRule | null {
  const [mode] = partsOf(extension, ACCESS_PART.mode);
  if (!isAccessMode(mode)) return null;
  return {
    mode,
    elements: partsOf(extension, ACCESS_PART.element),
    roles: partsOf(extension, ACCESS_PART.role),
    exceptRoles: partsOf(extension, ACCESS_PART.exceptRole),
  };
}

export const partsOf = ({ extension = [] }: Extension, url: string): readonly string[] =>
  extension.filter((part) => part.url === url).flatMap((part) => part.valueCode ?? part.valueString ?? []);

const governed = new WeakMap<Questionnaire, boolean>();

/** Most forms say nothing of access; for them nothing has to be asked. */
export function hasAccessRules(questionnaire: Questionnaire): boolean {
  const found = governed.get(questionnaire) ?? anyRules(questionnaire.item ?? []);
  governed.set(questionnaire, found);
  return found;
}

const anyRules = (items: readonly QuestionnaireItem[]): boolean =>
  items.some((item) => rulesOf(item).length > 0 || anyRules(item.item ?? []));

/** Ids of the steps that the rules of a form name. */
export function elementsNamedIn({ item = [] }: Pick<Questionnaire, 'item'>): readonly string[] {
  return [...new Set(item.flatMap((each) => [...rulesOf(each).flatMap(({ elements }) => elements), ...elementsNamedIn(each)]))];
}
