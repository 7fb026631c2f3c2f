import { proveReturns } from '../prove-returns.ts';

proveReturns(['referral']);
