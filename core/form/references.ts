/** What a `reference` item may point at, and which FHIR resource stands for it in the answer. */
export const REFERENCE_KINDS = [
  'person',
  'organisation',
  'team',
  'room',
  'department',
  'exam',
  'test',
  'standard',
  'student',
  'counsellor',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/**
 * Departments are organisations, rooms are locations and standards are documents in FHIR; what can be ordered is a definition: of an act, or of an
 * observation on a sample. A student is a person of care without being a patient yet, a counsellor stands by them without treating.
 */
const RESOURCE_OF = {
  person: 'Practitioner',
  organisation: 'Organization',
  team: 'CareTeam',
  room: 'Location',
  department: 'Organization',
  exam: 'ActivityDefinition',
  test: 'ObservationDefinition',
  standard: 'DocumentReference',
  student: 'Person',
  counsellor: 'RelatedPerson',
} as const satisfies Record<ReferenceKind, string>;

/** Of an organisation, since a department is one as well. */
export const kindOfResource = (resourceType: string | undefined): ReferenceKind | undefined =>
  REFERENCE_KINDS.find((kind) => RESOURCE_OF[kind] === resourceType);

export const isReferenceKind = (value: unknown): value is ReferenceKind => REFERENCE_KINDS.some((kind) => kind === value);

export const referenceTo = (kind: ReferenceKind, id: string): string => `${RESOURCE_OF[kind]}/${id}`;

/** Does the text of a reference point at this kind? */
export const isReferenceTo = (kind: ReferenceKind, reference: string): boolean => resourceTypeIn(reference) === RESOURCE_OF[kind];

/** https://hl7.org/fhir/R4/references.html: of one server, of another one, something contained, or by a number that is the same everywhere. */
export const isReferenceText = (reference: string): boolean =>
  /^(?:[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?|https?:\/\/\S+|urn:(?:uuid|oid):\S+|#\S+)$/.test(reference);

/** `Patient` of `Patient/1` and of `https://server.example/fhir/Patient/1`; null where the text does not say it. */
export const resourceTypeIn = (reference: string): string | null =>
  /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(reference)?.[1] ?? null;

/** `Practitioner/p1` → `p1`. */
export const idOfReference = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

export const FILE_URL_PREFIX = 'file:';
export const fileUrl = (fileId: string): string => `${FILE_URL_PREFIX}${fileId}`;

/** The id in an attachment's `file:<id>`, or null for any other address. */
export const fileIdOf = (url: string | undefined): string | null =>
  url?.startsWith(FILE_URL_PREFIX) ? url.slice(FILE_URL_PREFIX.length) : null;
