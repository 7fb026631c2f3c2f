import { flowKeys } from './load-flow.ts';
import { proveReturns } from './prove-returns.ts';

const ON_THEIR_OWN = new Set(['consult', 'referral']);
proveReturns(flowKeys().filter((key) => !ON_THEIR_OWN.has(key)));
