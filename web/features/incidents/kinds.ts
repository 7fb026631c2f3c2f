import type { IncidentsView } from '#api/views/jobs.ts';

/** Incidents that are mended and retried together: of one element, with one code. */
export type Kind = Pick<IncidentsView['groups'][number], 'serviceKey' | 'elementId' | 'code'>;

/** As it stands in an address. */
export const kindText = ({ serviceKey, elementId, code }: Kind): string => [serviceKey, elementId, code].map(encodeURIComponent).join('/');

export function kindFrom(text: unknown): Kind | null {
  const parts = typeof text === 'string' ? text.split('/') : [];
  const [serviceKey, elementId, code] = parts.map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return '';
    }
  });
  return serviceKey && elementId && code && parts.length === 3 ? { serviceKey, elementId, code } : null;
}
