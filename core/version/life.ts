/** The life of a version of a flow: draft → published → retired. One table, asked where it is done and where the buttons are drawn. */
export type VersionState = 'draft' | 'published' | 'retired';

export const VERSION_ACTS = ['publish', 'retire', 'make-current'] as const;
export type VersionAct = (typeof VERSION_ACTS)[number];

export interface VersionStanding {
  readonly state: VersionState;
  /** Does it start new instances? At most one version of a flow does. */
  readonly isCurrent: boolean;
  /** A draft that was put away without having been published never started anything and never will. */
  readonly wasPublished: boolean;
}

/**
 * Publishing makes a draft immutable and lets it start new instances. Retiring ends that; instances that run go on. Making current is the way
 * back (and forth again): a published or retired version starts the new instances from now on.
 */
const ALLOWED: { readonly [Act in VersionAct]: (version: VersionStanding) => boolean } = {
  publish: ({ state }) => state === 'draft',
  retire: ({ state }) => state !== 'retired',
  'make-current': ({ isCurrent, wasPublished }) => wasPublished && !isCurrent,
};

export const versionCan = (act: VersionAct, version: VersionStanding): boolean => ALLOWED[act](version);
