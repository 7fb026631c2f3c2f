/** Preloaded into a real worker; its threads, which run the workflows, are left alone. */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) await import('./crash-point.ts');
