import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FlowSet } from '#engine/flow-set.ts';
import { UnusableArgument } from './cli/command.ts';

/** Reads `flows/<key>/`: flow.json, the one .bpmn, every .dmn, and forms/*.json and value-sets/*.json. */
export async function readFlowFolder(folder: string): Promise<FlowSet> {
  const text = (...parts: string[]) => readFile(path.join(folder, ...parts), 'utf8');
  const names = (await readdir(folder)).sort();
  const bpmn = names.filter((name) => name.endsWith('.bpmn'));
  const [file] = bpmn;
  if (!file || bpmn.length > 1) throw new UnusableArgument(`${folder} must hold one .bpmn file; it holds ${bpmn.length}.`);
  const dmn = names.filter((name) => name.endsWith('.dmn'));
  const jsonIn = async (part: string) =>
    (await readdir(path.join(folder, part)).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const forms = await jsonIn('forms');
  const valueSets = await jsonIn('value-sets');
  return {
    descriptor: JSON.parse(await text('flow.json')) as unknown,
    bpmn: { file, xml: await text(file) },
    dmn: await Promise.all(dmn.map(async (name) => ({ file: name, xml: await text(name) }))),
    forms: await Promise.all(
      forms.map(async (name) => ({
        file: `forms/${name}`,
        key: path.basename(name, '.json'),
        json: JSON.parse(await text('forms', name)) as unknown,
      })),
    ),
    ...(valueSets.length > 0 && {
      valueSets: await Promise.all(
        valueSets.map(async (name) => ({ file: `value-sets/${name}`, json: JSON.parse(await text('value-sets', name)) as unknown })),
      ),
    }),
  };
}
