/** What a single-disease registry collects (requirements 4.8.3): which stays belong to a disease, by when they are reported, which steps count. */
import { z } from 'zod';

/** With the extensions that are used here: `J18.900x002`. */
const ICD_SHAPE = /^[A-Z]\d{2}(\.[0-9A-Zx]{1,7})?$/;
const words = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) });

export const diseaseSet = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9]*$/),
  name: words,
  /** In words, for whoever decides whether a stay belongs. */
  criteria: words,
  /** A stay belongs by its main diagnosis: a code of ICD-10 begins with one of these. */
  icdPrefixes: z.array(z.string().regex(ICD_SHAPE)).min(1),
  /** Days after the discharge until which a case is on time. */
  dueDays: z.int().positive(),
  steps: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z]+$/),
        name: words,
        /** After the admission. */
        withinMinutes: z.int().positive(),
      }),
    )
    .min(1),
});

export type DiseaseSet = z.infer<typeof diseaseSet>;

/** As it is compared: capitals, without blanks, the dagger and star of double coding left out; null where it is no code of ICD-10. */
export function readIcd(text: string): string | null {
  const code = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s†*＊+]/g, '')
    .replaceAll('X', 'x');
  return ICD_SHAPE.test(code) ? code : null;
}

/** `I21.1` and its parts belong to `I21.1`, `I21.10` as well; `J18` takes all of J18. */
export const belongsTo = ({ icdPrefixes }: Pick<DiseaseSet, 'icdPrefixes'>, icd: string): boolean =>
  icdPrefixes.some((prefix) => icd.startsWith(prefix));
