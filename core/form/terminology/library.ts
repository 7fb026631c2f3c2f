/** The value sets and code systems at hand: those in a form, and those beside it in a set or a Bundle. */
import { canonicalOf } from './canonical.ts';
import type { CodeSystem, TerminologyResource, ValueSet } from './resources.ts';

export interface Library {
  /** By canonical, or by `#id` among those that the form contains. */
  readonly valueSet: (canonical: string) => ValueSet | undefined;
  readonly codeSystem: (url: string, version?: string) => CodeSystem | undefined;
}

/** What a form contains goes before what stands beside it. */
export function libraryOf(contained: readonly TerminologyResource[], beside: readonly TerminologyResource[] = []): Library {
  const all = [...contained, ...newestFirst(beside)];
  const valueSets = all.filter((each) => each.resourceType === 'ValueSet');
  const codeSystems = all.filter((each) => each.resourceType === 'CodeSystem');
  return {
    valueSet: (canonical) => {
      if (canonical.startsWith('#')) {
        return contained.find((each): each is ValueSet => each.resourceType === 'ValueSet' && each.id === canonical.slice(1));
      }
      const { url, version } = canonicalOf(canonical);
      return valueSets.find((each) => isMeant(each, url, version));
    },
    codeSystem: (url, version) => codeSystems.find((each) => isMeant(each, url, version)),
  };
}

/** What says no version is every version. */
const isMeant = (resource: TerminologyResource, url: string, version: string | undefined): boolean =>
  resource.url === url && (version === undefined || resource.version === undefined || resource.version === version);

/** Where no version is named, the newest is meant. */
const newestFirst = (resources: readonly TerminologyResource[]): readonly TerminologyResource[] =>
  resources.toSorted((a, b) => (b.version ?? '').localeCompare(a.version ?? '', 'en', { numeric: true }));
