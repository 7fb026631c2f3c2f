/** Names behind ids, kept for a minute: pages show the same few people again and again. */
import { isRole, ROLES } from '#core/access/roles.ts';
import type { ReferenceKind } from '#core/form/references.ts';
import type { Database } from '#db/database.ts';
import {
  type OrganisationRecord,
  type PersonRecord,
  type ReferenceRecord,
  readGroups,
  readOrganisations,
  readPersons,
  readReference,
} from '#db/people.ts';
import type { HolderView, OrganisationView, PersonView } from './views.ts';

const KEPT_MS = 60_000;

/** What anybody who tells of people asks. */
export type Names = Pick<Directory, keyof Directory>;

export class Directory {
  readonly #db: Database;
  readonly #persons = new Map<string, Kept<PersonRecord>>();
  readonly #organisations = new Map<string, Kept<OrganisationRecord>>();
  readonly #groups = new Map<string, Kept<HolderView>>();
  readonly #references = new Map<string, Kept<ReferenceRecord & { readonly key: string }>>();

  constructor(db: Database) {
    this.#db = db;
  }

  async persons(ids: readonly (string | null | undefined)[]): Promise<ReadonlyMap<string, PersonView>> {
    return lookUp(
      this.#persons,
      ids,
      (missing) => readPersons(this.#db, missing),
      (person) => person.id,
    );
  }

  async person(id: string | null | undefined): Promise<PersonView | null> {
    return id ? ((await this.persons([id])).get(id) ?? null) : null;
  }

  async organisations(ids: readonly (string | null | undefined)[]): Promise<ReadonlyMap<string, OrganisationView>> {
    return lookUp(
      this.#organisations,
      ids,
      (missing) => readOrganisations(this.#db, missing),
      (organisation) => organisation.id,
    );
  }

  async organisation(id: string): Promise<OrganisationView> {
    return (await this.organisations([id])).get(id) ?? { id, name: id, nameEn: id };
  }

  /** Who holds a task: names of persons, roles and teams behind its principals, in their order. */
  async holders(principals: readonly string[]): Promise<readonly HolderView[]> {
    const personIds = principals
      .filter((principal) => principal.startsWith('person:'))
      .map((principal) => principal.slice('person:'.length));
    const groups = principals.filter((principal) => !principal.startsWith('person:'));
    const [persons, found] = await Promise.all([
      this.persons(personIds),
      lookUp(
        this.#groups,
        groups,
        (missing) => this.#readGroups(missing),
        (holder) => holder.principal,
      ),
    ]);
    return principals.flatMap((principal) => found.get(principal) ?? personHolder(principal, persons) ?? []);
  }

  /** Anything a form may point to, by its id. */
  async reference(kind: ReferenceKind, id: string): Promise<ReferenceRecord | null> {
    const found = await lookUp(
      this.#references,
      [`${kind}/${id}`],
      async () => await readReference(this.#db, kind, id).then((row) => (row ? [{ ...row, key: `${kind}/${id}` }] : [])),
      (row) => row.key,
    );
    return found.get(`${kind}/${id}`) ?? null;
  }

  async #readGroups(principals: readonly string[]): Promise<readonly HolderView[]> {
    const groups = await readGroups(this.#db, principals);
    return groups.map((group) => {
      const role = group.principal.startsWith('role:') ? group.principal.slice('role:'.length).split('@')[0] : undefined;
      const name = role && isRole(role) ? ROLES[role] : { 'zh-CN': group.name, en: group.nameEn };
      return { principal: group.principal, kind: role ? 'role' : 'team', name, organisation: group.organisation, members: group.members };
    });
  }
}

function personHolder(principal: string, persons: ReadonlyMap<string, PersonView>): HolderView | null {
  const person = persons.get(principal.slice('person:'.length));
  if (!person) return null;
  const member = { id: person.id, name: person.name, nameEn: person.nameEn };
  return {
    principal,
    kind: 'person',
    name: { 'zh-CN': person.name, en: person.nameEn },
    organisation: person.organisation,
    members: [member],
  };
}

interface Kept<T> {
  readonly value: T;
  readonly readAt: number;
}

async function lookUp<T>(
  cache: Map<string, Kept<T>>,
  ids: readonly (string | null | undefined)[],
  read: (missing: readonly string[]) => Promise<readonly T[]>,
  idOf: (value: T) => string,
): Promise<ReadonlyMap<string, T>> {
  const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))];
  const now = Date.now();
  const missing = wanted.filter((id) => now - (cache.get(id)?.readAt ?? 0) > KEPT_MS);
  if (missing.length > 0) for (const value of await read(missing)) cache.set(idOf(value), { value, readAt: now });
  return new Map(
    wanted.flatMap((id) => {
      const kept = cache.get(id);
      return kept ? [[id, kept.value] as const] : [];
    }),
  );
}
