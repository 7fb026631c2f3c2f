/** Roles that tasks name must be roles that somebody can hold: nobody else could ever do them. */
import { isRole, ROLES } from '#core/access/roles.ts';
import type { GraphElement, ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { elementsOf } from './walk.ts';

export function checkRoles(graph: ProcessGraph, report: Report): void {
  for (const element of elementsOf(graph)) {
    const unknown = [...new Set(sourcesOf(element).flatMap(rolesIn))].filter((role) => !isRole(role));
    for (const role of unknown) {
      const known = Object.keys(ROLES).join(', ');
      report(element.id, 'unknown-role', {
        en: `There is no role "${role}", so nobody ever holds it. Known are: ${known}.`,
        zh: `没有角色“${role}”，不会有人担任；可用：${known}。`,
      });
    }
  }
}

function sourcesOf(element: GraphElement): readonly string[] {
  const properties = ['bihuan:escalateTo', 'bihuan:readers', 'bihuan:announceTo', 'bihuan:starters'].map(
    (name) => element.properties[name],
  );
  const task = element.elementType === 'userTask' ? [element.assignee, element.candidateUsers, element.candidateGroups] : [];
  const action = 'action' in element && element.action ? [element.action.senders] : [];
  return [...task, ...action, ...properties].filter((source) => source !== undefined);
}

/** `"role:manager@" + platform`; of a name that the expression goes on with nothing is known. */
const rolesIn = (source: string): readonly string[] =>
  [...source.matchAll(/\brole:([a-zA-Z][\w-]*)(?=[@"\s,\]]|$)/g)].flatMap(([, role = '']) => (role.endsWith('-') ? [] : [role]));
