import { proveReturns } from '#test/support/prove-returns.ts';

proveReturns(['consult']);
