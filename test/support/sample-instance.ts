/** Instances for tests of the whole product, walked to where they are needed by the people of the sample network, over HTTP. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type SampleInstance, sampleInstances } from '#bin/seed/instances.ts';
import { createWalker, type Walked, type Walker } from '#bin/seed/walk.ts';
import './shared-product.ts';

let walker: Walker | undefined;

/** A new instance like the sample of this name; with `cast`, other people play some of its parts. */
export async function anInstanceLike(
  name: string,
  { cast = {} }: { readonly cast?: Readonly<Record<string, string>> } = {},
): Promise<Walked> {
  const sample = sampleInstances(new Date()).find(({ id }) => id === name);
  if (!sample) throw new Error(`The sample network has no instance "${name}".`);
  walker ??= createWalker(inject('product').baseUrl);
  return walker.walk({ ...sample, id: `${name}-${randomUUID()}`, acts: played(sample.acts, cast) });
}

/** Acts are plain data, and people stand in them by id, as actors and in answers. */
const played = (acts: SampleInstance['acts'], cast: Readonly<Record<string, string>>): SampleInstance['acts'] =>
  JSON.parse(JSON.stringify(acts), (_, value: unknown) => (typeof value === 'string' ? (cast[value] ?? value) : value));
