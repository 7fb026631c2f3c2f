/** The registry of workflows. The default export serves every flow's type: one interpreter, many types (`consult`, `referral` …). */
export { cycle } from './cycle.ts';
export { default } from './instance.ts';
