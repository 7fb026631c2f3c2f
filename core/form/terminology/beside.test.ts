import { expect, it } from 'vitest';
import { readTerminology } from './beside.ts';

const set = (url: string, version?: string) => ({ resourceType: 'ValueSet', url, ...(version && { version }), compose: { include: [] } });
const bundle = (...resources: readonly object[]) => ({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
const found = (...json: readonly unknown[]) => {
  const { resources, findings } = readTerminology(json.map((each, index) => ({ file: `${index}.json`, json: each })));
  return { urls: resources.map(({ url }) => url), findings: findings.map(({ file, rule }) => `${file}: ${rule}`) };
};

it.each<[string, readonly unknown[], readonly string[], readonly string[]]>([
  ['value sets and code systems, one a file', [set('a'), { resourceType: 'CodeSystem', url: 's' }], ['a', 's'], []],
  ['all that a Bundle holds', [bundle(set('a'), set('b'))], ['a', 'b'], []],
  ['versions beside each other', [set('a', '1'), set('a', '2')], ['a', 'a'], []],
  ['one version twice as a mistake', [set('a', '1'), set('a', '1')], ['a'], ['1.json: value-set-twice']],
  ['what has no address as a mistake', [{ resourceType: 'ValueSet' }], [], ['0.json: value-set-malformed']],
  ['another resource as a mistake', [{ resourceType: 'Patient', url: 'x' }], [], ['0.json: value-set-malformed']],
  ['what is no resource as a mistake', [[1], null], [], ['0.json: value-set-malformed', '1.json: value-set-malformed']],
])('files beside forms are read: %s', (_name, files, urls, findings) => expect(found(...files)).toEqual({ urls, findings }));
