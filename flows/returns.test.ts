import { proveReturns } from '#test/support/prove-returns.ts';
import { flowKeys } from './load-flow.ts';

const ON_THEIR_OWN = new Set(['consult', 'referral']);
proveReturns(flowKeys().filter((key) => !ON_THEIR_OWN.has(key)));
