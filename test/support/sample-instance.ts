/** Instances for tests of the whole product, walked to where they are needed by the people of the sample network, over HTTP. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { Act } from '#bin/seed/acts.ts';
import { type SampleInstance, sampleInstances } from '#bin/seed/instances.ts';
import { createWalker, type Walked, type Walker } from '#bin/seed/walk.ts';
import './shared-product.ts';
import { until } from './until.ts';

let walker: Walker | undefined;

/** A new instance like the sample of this name; with `cast`, other people play some of its parts. */
export async function anInstanceLike(
  name: string,
  { cast = {} }: { readonly cast?: Readonly<Record<string, string>> } = {},
): Promise<Walked> {
  const sample = sampleInstances(new Date()).find(({ id }) => id === name);
  if (!sample) throw new Error(`The sample network has no instance "${name}".`);
  return walkerOfFile().walk({ ...sample, id: `${name}-${randomUUID()}`, acts: played(sample.acts, cast) });
}

/** On two cores that many share a worker can be slow. */
const PROGRAMS_MS = 120_000;

/** One more act in an instance, once what it is about is open: programs do their part in between. */
export async function doneIn(instanceId: string, act: Act): Promise<void> {
  await until(`${'does' in act ? act.does : 'it'} can be done`, () => walkerOfFile().act(instanceId, act), PROGRAMS_MS);
}

function walkerOfFile(): Walker {
  walker ??= createWalker(inject('product').baseUrl);
  return walker;
}

/** Acts are plain data, and people stand in them by id, as actors and in answers. */
const played = (acts: SampleInstance['acts'], cast: Readonly<Record<string, string>>): SampleInstance['acts'] =>
  JSON.parse(JSON.stringify(acts), (_, value: unknown) => (typeof value === 'string' ? (cast[value] ?? value) : value));
