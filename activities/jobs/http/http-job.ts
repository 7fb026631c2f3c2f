/** The handler of HTTP calls that are declared in a diagram (`docs/guides/jobs.md`). */

import { allowedHosts } from '#engine/allowed-hosts.ts';
import type { JobHandler } from '../jobs.ts';
import { JobError } from '../jobs.ts';
import { call, type HttpResponse } from './call.ts';
import { type Answered, failureOfStatus, outcomeOf } from './outcome.ts';
import { type HttpRequest, requestOf } from './request.ts';
import { CallSecrets, type SecretSource } from './secrets.ts';

export interface HttpJobOptions {
  /** As `allowedHosts` reads them; none by default. */
  readonly hosts: readonly string[];
  readonly responseBytesMax: number;
  readonly secrets: SecretSource;
}

export function httpJob({ hosts, responseBytesMax, secrets: source }: HttpJobOptions): JobHandler {
  const limits = { hosts: allowedHosts(hosts), responseBytesMax };

  return async (job) => {
    const secrets = await CallSecrets.read(source, [...new Set(Object.values(job.secrets).flat())]);
    try {
      const request = requestOf(job, secrets);
      return outcomeOf(job.headers, await answered(request, secrets));
    } catch (error) {
      if (!(error instanceof JobError)) throw error;
      const { isFinal, retryAfterMs } = error;
      throw new JobError(secrets.redacted(error.message), { isFinal, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    }
  };

  async function answered(request: HttpRequest, secrets: CallSecrets): Promise<Answered> {
    const { host } = request.url;
    try {
      const response = hidden(await call(request, limits), secrets);
      const now = new Date();
      return { host, now, response, failure: failureOfStatus(host, response, now) };
    } catch (error) {
      // What cannot be tried again is for an operator, not for the diagram.
      if (!(error instanceof JobError) || error.isFinal) throw error;
      return { host, now: new Date(), response: null, failure: error };
    }
  }
}

/** Some systems answer with what they were sent. */
const hidden = ({ status, headers, text }: HttpResponse, secrets: CallSecrets): HttpResponse => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secrets.redacted(value)])),
  text: secrets.redacted(text),
});
