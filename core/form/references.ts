/** What a `reference` item may point at, and which FHIR resource stands for it in the answer. */
export const REFERENCE_KINDS = ['person', 'organisation', 'team', 'room', 'department'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** Departments are organisations and rooms are locations in FHIR. */
const RESOURCE_OF = {
  person: 'Practitioner',
  organisation: 'Organization',
  team: 'CareTeam',
  room: 'Location',
  department: 'Organization',
} as const satisfies Record<ReferenceKind, string>;

export const isReferenceKind = (value: unknown): value is ReferenceKind => REFERENCE_KINDS.some((kind) => kind === value);

export const referenceTo = (kind: ReferenceKind, id: string): string => `${RESOURCE_OF[kind]}/${id}`;

/** Does the text of a reference point at this kind? */
export const isReferenceTo = (kind: ReferenceKind, reference: string): boolean => reference.startsWith(`${RESOURCE_OF[kind]}/`);

/** `Practitioner/p1` → `p1`. */
export const idOfReference = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

export const FILE_URL_PREFIX = 'file:';
export const fileUrl = (fileId: string): string => `${FILE_URL_PREFIX}${fileId}`;

/** The id in an attachment's `file:<id>`, or null for any other address. */
export const fileIdOf = (url: string | undefined): string | null =>
  url?.startsWith(FILE_URL_PREFIX) ? url.slice(FILE_URL_PREFIX.length) : null;
