/** Job type → what runs it in the worker's own process. Jobs of other types are offered to remote workers. */
import { HTTP_JOB_TYPES } from '#core/bpmn/http-job.ts';
import type { DataKeys } from '#engine/data-keys.ts';
import { type HttpJobOptions, httpJob } from './http/http-job.ts';
import type { JobHandlers } from './jobs.ts';
import { checkOrderJob } from './order/check.ts';
import { routeOrder } from './order/route.ts';
import { type SplitOrderDependencies, splitSheet } from './order/split.ts';
import { qualification } from './qualification.ts';
import { qualifiedPeople } from './qualified-people.ts';
import { enquiryHospitals } from './quality/enquiry-hospitals.ts';
import { giveFeedback } from './quality/feedback.ts';
import { gatherCycle } from './quality/gather.ts';
import { obligedHospitals } from './quality/obliged-hospitals.ts';
import { validateReport } from './quality/validate.ts';
import { randomCode } from './random-code.ts';
import { keepCase, markAccepted, markExcluded } from './registry/cases.ts';
import { gatherSentinel } from './sentinel/gather.ts';
import { keepSentinelReport } from './sentinel/keep.ts';
import { sentinelMembers } from './sentinel/members.ts';
import { sentinelSeries } from './sentinel/series.ts';
import { sentinelSites } from './sentinel/sites.ts';
import { sentinelTopics } from './sentinel/topics.ts';
import { gatherAdoptions } from './standards/gather.ts';
import { standardMembers } from './standards/members.ts';
import { publishStandardOf } from './standards/publish.ts';
import { recordAdoptionStep } from './standards/record.ts';
import { type StartInstancesDependencies, startInstances } from './start-instances.ts';

export interface JobDependencies extends Omit<StartInstancesDependencies, 'rosters' | 'beginnings'> {
  readonly beginnings: StartInstancesDependencies['beginnings'] & SplitOrderDependencies['beginnings'];
  readonly http: HttpJobOptions;
  /** For what is published and for parts of a sheet: a job reads no other answers. */
  readonly keys: Pick<DataKeys, 'find'>;
}

export function httpHandlers(options: HttpJobOptions): JobHandlers {
  const handler = httpJob(options);
  return Object.fromEntries(HTTP_JOB_TYPES.map((type) => [type, handler]));
}

export function createJobHandlers({ http, keys, ...rest }: JobDependencies): JobHandlers {
  return {
    ...httpHandlers(http),
    'start-instances': startInstances({
      ...rest,
      rosters: {
        'obliged-hospitals': obligedHospitals,
        'enquiry-hospitals': enquiryHospitals,
        'sentinel-sites': sentinelSites,
        'standard-members': standardMembers,
      },
    }),
    'quality-validate': validateReport(rest.db),
    'quality-feedback': giveFeedback(rest.db),
    'quality-gather': gatherCycle(rest.db),
    'order-check': checkOrderJob(rest.db),
    'order-route': routeOrder(rest.db),
    'order-split': splitSheet({ ...rest, keys }),
    'disease-keep': keepCase(rest.db),
    'disease-accept': markAccepted(rest.db),
    'disease-exclude': markExcluded(rest.db),
    'sentinel-topics': sentinelTopics(rest.db),
    'sentinel-series': sentinelSeries(rest.db),
    'sentinel-keep': keepSentinelReport(rest.db),
    'sentinel-members': sentinelMembers(rest.db),
    'sentinel-gather': gatherSentinel(rest.db),
    'standard-publish': publishStandardOf({ db: rest.db, keys }),
    'standard-record': recordAdoptionStep(rest.db),
    'standard-gather': gatherAdoptions(rest.db),
    'random-code': randomCode,
    qualification: qualification(rest.db),
    'qualified-people': qualifiedPeople(rest.db),
  };
}
