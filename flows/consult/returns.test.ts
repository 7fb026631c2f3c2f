import { proveReturns } from '../prove-returns.ts';

proveReturns(['consult']);
