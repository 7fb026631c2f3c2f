/** What small random diagrams are made of. */
import fc from 'fast-check';

/** It has one way in and one way out, and can always be finished. */
export type Block =
  | { readonly kind: 'user' | 'job' | 'script' | 'call' | 'pause' | 'message' }
  | { readonly kind: 'sequence' | 'exclusive' | 'parallel' | 'inclusive'; readonly blocks: readonly Block[] }
  | { readonly kind: 'again'; readonly block: Block }
  | { readonly kind: 'event-gateway' | 'escalate' | 'undone' | 'quantity' }
  | { readonly kind: 'either'; readonly isParallel: boolean }
  | { readonly kind: 'repeat'; readonly testBefore: boolean; readonly maximum: number }
  | { readonly kind: 'ad-hoc'; readonly isSequential: boolean; readonly isCut: boolean }
  | { readonly kind: 'discriminator'; readonly blocks: readonly Block[]; readonly count: number }
  | { readonly kind: 'transaction'; readonly block: Block }
  | {
      readonly kind: 'scope';
      readonly block: Block;
      readonly boundary: 'none' | 'timer' | 'reminder' | 'action' | 'error' | 'escalation' | 'condition';
      readonly ends: 'none' | 'terminate' | 'error';
      /** What triggers an event sub-process in it. */
      readonly event: (typeof TRIGGERS)[number];
      readonly isInterrupting: boolean;
    }
  | {
      readonly kind: 'loop';
      readonly inner: 'user' | 'scope';
      readonly isSequential: boolean;
      readonly count: number;
      readonly isCut: boolean;
    };

export const TRIGGERS = ['none', 'message', 'timer', 'signal', 'condition', 'escalation', 'error', 'compensation'] as const;

const leaf = fc.constantFrom('user', 'job', 'script', 'call', 'pause', 'message').map((kind): Block => ({ kind }) as Block);

export const scopeAround = (block: fc.Arbitrary<Block>): fc.Arbitrary<Block> =>
  fc.record({
    kind: fc.constant('scope'),
    block,
    boundary: fc.constantFrom('none', 'timer', 'reminder', 'action', 'error', 'escalation', 'condition'),
    ends: fc.constantFrom('none', 'terminate', 'error'),
    event: fc.constantFrom(...TRIGGERS),
    isInterrupting: fc.boolean(),
  });

export const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('sequence', 'exclusive', 'parallel', 'inclusive'),
      blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }) as fc.Arbitrary<Block>,
    fc.record({ kind: fc.constant('again'), block: tie('block') }) as fc.Arbitrary<Block>,
    fc.constantFrom<Block>({ kind: 'event-gateway' }, { kind: 'escalate' }, { kind: 'undone' }, { kind: 'quantity' }),
    fc.record({ kind: fc.constant('either'), isParallel: fc.boolean() }) as fc.Arbitrary<Block>,
    fc.record({ kind: fc.constant('repeat'), testBefore: fc.boolean(), maximum: fc.integer({ min: 1, max: 3 }) }) as fc.Arbitrary<Block>,
    fc.record({ kind: fc.constant('ad-hoc'), isSequential: fc.boolean(), isCut: fc.boolean() }) as fc.Arbitrary<Block>,
    fc.record({
      kind: fc.constant('discriminator'),
      blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
      count: fc.integer({ min: 1, max: 2 }),
    }) as fc.Arbitrary<Block>,
    fc.record({ kind: fc.constant('transaction'), block: tie('block') }) as fc.Arbitrary<Block>,
    scopeAround(tie('block')),
    fc.record({
      kind: fc.constant('loop'),
      inner: fc.constantFrom('user', 'scope'),
      isSequential: fc.boolean(),
      count: fc.nat(3),
      isCut: fc.boolean(),
    }) as fc.Arbitrary<Block>,
  ),
}));
