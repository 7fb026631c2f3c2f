/**
 * Where an item, a row or an answer stands in a response: link ids joined by `/`, `[i]` for the instance of a repeating group, `#j` for
 * an answer. `vitals[1]/kind#0` is the first answer to `kind` in the second row of `vitals`.
 */
export const ROOT_PATH = '';

/** Link ids may hold anything (LOINC's hold slashes), so the marks of a path are escaped in them. */
export const itemPath = (containerPath: string, linkId: string): string => {
  const segment = linkId.replace(/[%/#[\]]/g, encodeURIComponent);
  return containerPath === ROOT_PATH ? segment : `${containerPath}/${segment}`;
};

export const instancePath = (path: string, index: number): string => `${path}[${index}]`;
export const answerPath = (path: string, index: number): string => `${path}#${index}`;

/** What stands around a place, outermost first, and the place itself: `a/b[1]/c` → `a`, `a/b[1]`, `a/b[1]/c`. */
export const pathsTo = (path: string): readonly string[] =>
  path === ROOT_PATH ? [] : path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));

/** The same place as FHIRPath says it: `QuestionnaireResponse.item.where(linkId='vitals')[1].item.where(linkId='kind').answer[0]`. */
export function fhirPathOf(path: string): string {
  let text = 'QuestionnaireResponse';
  for (const segment of path === ROOT_PATH ? [] : path.split('/')) {
    const [, linkId = '', instance, answer] = /^([^[#]*)(?:\[(\d+)\])?(?:#(\d+))?$/.exec(segment) ?? [];
    text += `.item.where(linkId='${decodeURIComponent(linkId).replace(/['\\]/g, '\\$&')}')`;
    if (instance !== undefined) text += `[${instance}]`;
    if (answer !== undefined) text += `.answer[${answer}]`;
  }
  return text;
}
