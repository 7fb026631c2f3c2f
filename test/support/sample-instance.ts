/** Instances for tests of the whole product, walked to where they are needed by the people of the sample network, over HTTP. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type SampleInstance, sampleInstances } from '#bin/seed/instances.ts';
import { createWalker, type Walked, type Walker } from '#bin/seed/walk.ts';
import './shared-product.ts';

let walker: Walker | undefined;

/** A new instance like the sample of this name. */
export async function anInstanceLike(name: string): Promise<Walked & { readonly sample: SampleInstance }> {
  const sample = sampleInstances(new Date()).find(({ id }) => id === name);
  if (!sample) throw new Error(`The sample network has no instance "${name}".`);
  walker ??= createWalker(inject('product').baseUrl);
  return { ...(await walker.walk({ ...sample, id: `${name}-${randomUUID()}` })), sample };
}
