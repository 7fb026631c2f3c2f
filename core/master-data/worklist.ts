/** What whoever keeps the mappings has to look at: codes without one, several codes that meet in one, and what awaits its second pair of eyes. */
import type { DictionaryKey, Entry } from './dictionary.ts';
import { ambiguityWith, holdsOn, type Mapping, type MappingGap, mappingFor } from './mapping.ts';

/** A code that a hospital which serves the dictionary cannot be sent. */
export interface Unmapped {
  readonly organisationId: string;
  readonly standardCode: string;
  readonly gap: Exclude<MappingGap, 'not-offered' | 'awaiting-check'>;
}

/** Several mappings of one hospital that meet in one code. */
export interface ManyToOne {
  readonly organisationId: string;
  /** `local`: one local code for several of the standard; `standard`: several local codes for one of the standard. */
  readonly meetsIn: 'local' | 'standard';
  readonly code: string;
  readonly mappings: readonly Mapping[];
}

export interface AwaitingCheck {
  readonly mapping: Mapping;
  /** Why it could not be approved as it is. */
  readonly ambiguity: ReturnType<typeof ambiguityWith>;
}

export interface Worklist {
  readonly unmapped: readonly Unmapped[];
  readonly manyToOne: readonly ManyToOne[];
  readonly awaiting: readonly AwaitingCheck[];
}

export interface WorklistQuery {
  readonly dictionary: DictionaryKey;
  /** Those that hold today. */
  readonly entries: readonly Entry[];
  readonly mappings: readonly Mapping[];
  /** Hospitals that serve the dictionary. */
  readonly organisationIds: readonly string[];
  /** ISO date. */
  readonly on: string;
}

export function worklistOf({ dictionary, entries, mappings: all, organisationIds, on }: WorklistQuery): Worklist {
  const mappings = all.filter((each) => each.dictionary === dictionary);
  const unmapped = organisationIds.flatMap((organisationId) =>
    entries.flatMap(({ code }): readonly Unmapped[] => {
      const { kind } = mappingFor(mappings, { dictionary, code, organisationId, on });
      if (kind === 'mapped' || kind === 'not-offered' || kind === 'awaiting-check') return [];
      return [{ organisationId, standardCode: code, gap: kind }];
    }),
  );
  // What has not begun yet is looked at too; what is over or suspended is not.
  const alive = mappings.filter(
    (each) => each.status !== 'suspended' && each.direction !== 'none' && (holdsOn(each, on) || each.validFrom > on),
  );
  return {
    unmapped,
    manyToOne: [...meetings(alive, 'local'), ...meetings(alive, 'standard')],
    awaiting: mappings
      .filter(({ status }) => status === 'draft')
      .map((mapping) => ({ mapping, ambiguity: ambiguityWith(mapping, mappings) })),
  };
}

function meetings(mappings: readonly Mapping[], meetsIn: ManyToOne['meetsIn']): readonly ManyToOne[] {
  const [code, other] = meetsIn === 'local' ? (['localCode', 'standardCode'] as const) : (['standardCode', 'localCode'] as const);
  const groups = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    const key = JSON.stringify([mapping.organisationId, mapping[code]]);
    groups.set(key, [...(groups.get(key) ?? []), mapping]);
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    if (!first || new Set(group.map((mapping) => mapping[other])).size < 2) return [];
    return [{ organisationId: first.organisationId, meetsIn, code: first[code], mappings: group }];
  });
}
