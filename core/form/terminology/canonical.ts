/** `url|version`, as a form names a value set (https://hl7.org/fhir/R4/references.html#canonical). */
export interface Canonical {
  readonly url: string;
  readonly version?: string;
}

/** Addresses of implicit value sets hold marks of their own; a version has no space, slash or bar. */
export function canonicalOf(text: string): Canonical {
  const [, url, version] = /^(.+)\|([^|/\s]+)$/.exec(text) ?? [];
  return url === undefined || version === undefined ? { url: text } : { url, version };
}

export const canonicalText = ({ url, version }: Canonical): string => (version === undefined ? url : `${url}|${version}`);
