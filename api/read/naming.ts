/** Names of people in an instance, as a viewer may read them. */
import { rolesIn } from '#core/access/roles.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Names } from '../directory.ts';
import type { Context } from '../operation.ts';
import type { HolderView, PersonView } from '../views.ts';
import type { LoadedInstance } from './instance.ts';

/** In the place of an id that would say who it is. */
const UNNAMED = 'unnamed';

/**
 * The context in which an instance is told to this viewer: where its flow keeps its applicant's name to some roles (`applicantNamedTo`),
 * everybody else reads what the applicant is to them, wherever the name would stand. The applicant reads their own.
 */
export function namingIn(context: Context, { instance, descriptor }: Pick<LoadedInstance, 'instance' | 'descriptor'>): Context {
  const { applicantNamedTo: rule } = descriptor;
  const { applicantId, organisationId } = instance;
  const { person, roles } = context.standing;
  if (!rule || applicantId === null || applicantId === person.id) return context;
  if (rolesIn(roles, organisationId).some((role) => rule.roles.includes(role))) return context;
  return { ...context, runtime: { ...context.runtime, directory: unnaming(context.runtime.directory, applicantId, rule.elsewhere) } };
}

/** The same directory, for which one person has no name. */
function unnaming(directory: Names, personId: string, name: LocalizedText): Names {
  const words = { name: name['zh-CN'], nameEn: name.en ?? name['zh-CN'] };
  const unnamed = ({ organisation }: PersonView): PersonView => ({ id: UNNAMED, ...words, title: '', organisation });
  const persons: Names['persons'] = async (ids) =>
    new Map([...(await directory.persons(ids))].map(([id, person]) => [id, id === personId ? unnamed(person) : person]));
  const asHolder = (holder: HolderView): HolderView => ({
    ...holder,
    ...(holder.principal === `person:${personId}` ? { principal: `person:${UNNAMED}`, name } : {}),
    members: holder.members.map((member) => (member.id === personId ? { id: UNNAMED, ...words } : member)),
  });
  return {
    persons,
    person: async (id) => (id ? ((await persons([id])).get(id) ?? null) : null),
    organisations: (ids) => directory.organisations(ids),
    organisation: (id) => directory.organisation(id),
    holders: async (principals) => (await directory.holders(principals)).map(asHolder),
    async reference(kind, id) {
      const found = await directory.reference(kind, id);
      return found && kind === 'person' && id === personId ? { id: UNNAMED, display: words.name, displayEn: words.nameEn } : found;
    },
  };
}
