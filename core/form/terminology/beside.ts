/** The files of a set that hold value sets and code systems (`value-sets/*.json`): what is in them, and what is wrong with them. */
import type { Finding } from '#core/bpmn/finding.ts';
import { problemText } from '../parse-with.ts';
import { canonicalText } from './canonical.ts';
import { parseTerminology } from './parse.ts';
import type { TerminologyResource } from './resources.ts';

export interface TerminologyFile {
  readonly file: string;
  /** A resource, or a Bundle of some, unparsed. */
  readonly json: unknown;
}

export interface ReadTerminology {
  readonly resources: readonly TerminologyResource[];
  readonly findings: readonly Finding[];
}

export function readTerminology(files: readonly TerminologyFile[]): ReadTerminology {
  const resources: TerminologyResource[] = [];
  const findings: Finding[] = [];
  const fileOf = new Map<string, string>();
  for (const { file, json } of files) {
    const parsed = parseTerminology(json);
    if (!parsed.ok) {
      findings.push({
        file,
        elementId: 'value-set',
        rule: 'value-set-malformed',
        severity: 'error',
        message: problemText(parsed.problems),
      });
      continue;
    }
    for (const resource of parsed.value) {
      const name = canonicalText({ ...resource, url: resource.url ?? '' });
      const other = fileOf.get(`${resource.resourceType} ${name}`);
      if (other === undefined) resources.push(resource);
      else findings.push(twice(file, name, other));
      fileOf.set(`${resource.resourceType} ${name}`, file);
    }
  }
  return { resources, findings };
}

const twice = (file: string, name: string, other: string): Finding => ({
  file,
  elementId: name,
  rule: 'value-set-twice',
  severity: 'error',
  message: `${name} is in ${other} already. Take it out in one place, or give it another version.`,
  messageZh: `${name} 已在 ${other} 中，请去掉一处或改用其他版本号。`,
});
