/**
 * What one viewer may do with each item of a form. In one place and one role all rules that hold count, the strictest first; over several
 * places and roles the widest wins. Whoever comes with no place or no role meets every rule: what is not known opens nothing.
 */
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { type AccessRule, hasAccessRules, rulesOf } from './rules.ts';

export interface Viewer {
  /** Elements at whose tasks the viewer stands; null: reads by right, without a task. */
  readonly places: readonly (string | null)[];
  readonly roles: readonly string[];
}

export interface ItemAccess {
  readonly reading: 'open' | 'masked' | 'hidden';
  /** Also of what is masked or hidden: nobody changes what they do not see. */
  readonly isReadOnly: boolean;
  readonly isRequired: boolean;
}

/** By link id; an item that is not in it is as the form says. */
export type FieldAccess = ReadonlyMap<string, ItemAccess>;

const OPEN: ItemAccess = { reading: 'open', isReadOnly: false, isRequired: false };
export const NO_LIMITS: FieldAccess = new Map();

/** A place and a role that the viewer has; undefined: any. */
interface Stand {
  readonly place: string | null | undefined;
  readonly role: string | undefined;
}

export function fieldAccess(questionnaire: Questionnaire, viewer: Viewer): FieldAccess {
  if (!hasAccessRules(questionnaire)) return NO_LIMITS;
  const stands = standsOf(viewer);
  const found = new Map<string, ItemAccess>();
  const visit = (items: readonly QuestionnaireItem[], around: readonly ItemAccess[]): void => {
    for (const item of items) {
      const here = stands.map((stand, index) => stricter(inherited(around[index] ?? OPEN), accessAt(rulesOf(item), stand)));
      const access = here.reduce(wider);
      if (!isOpen(access)) found.set(item.linkId, stricter(access, found.get(item.linkId) ?? OPEN));
      visit(item.item ?? [], here);
    }
  };
  visit(questionnaire.item ?? [], []);
  return found;
}

/** Its answers come from what is known, never from this viewer. */
export const isProtected = (access: FieldAccess, linkId: string): boolean => access.get(linkId)?.isReadOnly ?? false;

function standsOf({ places, roles }: Viewer): readonly Stand[] {
  const rolesOr = roles.length > 0 ? roles : [undefined];
  return (places.length > 0 ? places : [undefined]).flatMap((place) => rolesOr.map((role) => ({ place, role })));
}

const accessAt = (rules: readonly AccessRule[], stand: Stand): ItemAccess =>
  rules.reduce((access, rule) => (holds(rule, stand) ? stricter(access, OF_MODE[rule.mode]) : access), OPEN);

function holds({ elements, roles, exceptRoles }: AccessRule, { place, role }: Stand): boolean {
  const isHere = elements.length === 0 || place === undefined || (place !== null && elements.includes(place));
  const isTheirs = roles.length === 0 || role === undefined || roles.includes(role);
  return isHere && isTheirs && (role === undefined || !exceptRoles.includes(role));
}

const OF_MODE = {
  hidden: { ...OPEN, reading: 'hidden', isReadOnly: true },
  masked: { ...OPEN, reading: 'masked', isReadOnly: true },
  'read-only': { ...OPEN, isReadOnly: true },
  required: { ...OPEN, isRequired: true },
} as const satisfies Record<AccessRule['mode'], ItemAccess>;

/** A group that must be answered does not make all its questions so. */
const inherited = (access: ItemAccess): ItemAccess => ({ ...access, isRequired: false });

const READINGS: readonly ItemAccess['reading'][] = ['open', 'masked', 'hidden'];
const rank = ({ reading }: ItemAccess): number => READINGS.indexOf(reading);

const stricter = (a: ItemAccess, b: ItemAccess): ItemAccess => ({
  reading: rank(a) > rank(b) ? a.reading : b.reading,
  isReadOnly: a.isReadOnly || b.isReadOnly,
  isRequired: a.isRequired || b.isRequired,
});

const wider = (a: ItemAccess, b: ItemAccess): ItemAccess => ({
  reading: rank(a) < rank(b) ? a.reading : b.reading,
  isReadOnly: a.isReadOnly && b.isReadOnly,
  isRequired: a.isRequired && b.isRequired,
});

const isOpen = ({ reading, isReadOnly, isRequired }: ItemAccess): boolean => reading === 'open' && !isReadOnly && !isRequired;
