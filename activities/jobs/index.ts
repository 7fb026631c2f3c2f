/** Job type → what runs it in this process. A type that is not here becomes an incident with the reason. */
import type { JobHandlers } from './jobs.ts';

export const jobHandlers: JobHandlers = {};
