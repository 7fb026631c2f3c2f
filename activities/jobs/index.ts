/** Job type → what runs it in the worker's own process. Jobs of other types are offered to remote workers. */
import { HTTP_JOB_TYPES } from '#core/bpmn/http-job.ts';
import { type HttpJobOptions, httpJob } from './http/http-job.ts';
import type { JobHandlers } from './jobs.ts';

export function createJobHandlers({ http }: { readonly http: HttpJobOptions }): JobHandlers {
  const handler = httpJob(http);
  return Object.fromEntries(HTTP_JOB_TYPES.map((type) => [type, handler]));
}
