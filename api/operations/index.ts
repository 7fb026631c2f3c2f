/** The registry: every operation of the API. Files, live news, health and sign-in stand beside it in `http.ts`. */
import type { Operation } from '../operation.ts';
import { audit, auditMoment } from './audit.ts';
import { assignTask, claimTask, comment, completeTask, releaseTask, sendAction, sendCopy, startInstance, urgeTask } from './commands.ts';
import {
  definitionDiff,
  definitions,
  definitionVersion,
  deployDefinition,
  findingWay,
  makeDefinitionCurrent,
  publishDefinition,
  retireDefinition,
} from './definitions.ts';
import { drafts, getDraft, putDraft, removeDraft } from './drafts.ts';
import {
  beginEdition,
  checkEditionOperation,
  discardEdition,
  edition,
  editionRevisions,
  formHistoryOperation,
  forms,
  formText,
  publishEditionOperation,
  saveEditionOperation,
  sendEditionBack,
  sendEditionToReview,
  tryFormSteps,
} from './forms.ts';
import { inbox, inboxCounts } from './inbox.ts';
import { incidents, retryIncidents } from './incidents.ts';
import {
  beginSetDraftOperation,
  discardSetDraft,
  indicatorSetOperation,
  indicatorSetVersion,
  publishSetDraft,
  saveSetDraft,
} from './indicator-sets.ts';
import { auditList, instanceList } from './instance-list.ts';
import { instanceStatus } from './instance-status.ts';
import { instance, observations, task } from './instances.ts';
import { activateJobs, completeJob, extendJob, failJob, setWorkerJobTypes, throwJobError, waitingJobs } from './jobs.ts';
import {
  actOnMappingOperation,
  approveDictionaryDraft,
  beginDictionaryDraft,
  dictionaryEntries,
  discardDictionaryDraft,
  mappings,
  mappingWorklist,
  masterData,
  masterDataHistory,
  putDictionaryEntries,
  putMappings,
} from './master-data.ts';
import { deviceKey, me, setActiveRole } from './me.ts';
import { publishMessage, publishSignal } from './messages.ts';
import { migrateInstance, migration, migrationProposal, migrations, pauseMigration, startMigration, tryMigration } from './migrations.ts';
import { notices, readNoticesOperation } from './notices.ts';
import { endObligation, exempt, obligations, oblige, qualityHistory, withdrawExemption } from './obligations.ts';
import { beginAdHoc, modifyInstance, operatedInstance, operatedInstances, planInstanceModification } from './operate.ts';
import { cancelInstance, eraseInstanceOperation, operationsInstances, resolveInstance, retryIncident } from './operations.ts';
import { cycleBoard, openCycle, quality, urgeReports } from './quality-cycles.ts';
import { enterFigures } from './quality-figures.ts';
import { hospitalQuality, indicatorComparison } from './quality-hospitals.ts';
import { rebaseLimits } from './quality-limits.ts';
import { rebuild, rebuildWorkflows } from './rebuild.ts';
import { definitionBpmn, references } from './references.ts';
import { fillCase, linkStay, listStays, openCase, registry, registryDisease } from './registry.ts';
import { replay, replayInstance } from './replay.ts';
import { liftLegalHold, placeLegalHold, retention } from './retention.ts';
import { planTaskReturn, returnTask } from './returns.ts';
import { instanceRouting, putServicePoint, routing, tryRouting } from './routing.ts';
import { nextDeciders, serviceForm, services } from './services.ts';
import { standard, standardOfAdoption, standards, urgeAdoptions } from './standards.ts';
import { designateSite, endDesignation, openSentinelPeriod, surveillance, surveillanceTopic } from './surveillance.ts';
import { resumeInstance, suspendInstance } from './suspension.ts';
import { expandValueSet } from './value-sets.ts';
import { instancesAt, runningFlows, whereabouts } from './whereabouts.ts';

export const OPERATIONS = {
  me,
  setActiveRole,
  deviceKey,
  services,
  serviceForm,
  nextDeciders,
  startInstance,
  inbox,
  inboxCounts,
  instanceList,
  instance,
  instanceStatus,
  observations,
  task,
  claimTask,
  releaseTask,
  urgeTask,
  assignTask,
  completeTask,
  planTaskReturn,
  returnTask,
  sendAction,
  comment,
  sendCopy,
  putDraft,
  getDraft,
  drafts,
  removeDraft,
  references,
  expandValueSet,
  definitionBpmn,
  definitions,
  definitionVersion,
  definitionDiff,
  findingWay,
  deployDefinition,
  publishDefinition,
  retireDefinition,
  makeDefinitionCurrent,
  forms,
  formHistory: formHistoryOperation,
  formText,
  beginEdition,
  edition,
  saveEdition: saveEditionOperation,
  checkEdition: checkEditionOperation,
  editionRevisions,
  tryFormSteps,
  sendEditionToReview,
  sendEditionBack,
  publishEdition: publishEditionOperation,
  discardEdition,
  auditList,
  audit,
  auditMoment,
  replay,
  replayInstance,
  operationsInstances,
  operatedInstances,
  operatedInstance,
  runningFlows,
  whereabouts,
  instancesAt,
  suspendInstance,
  beginAdHoc,
  resumeInstance,
  planInstanceModification,
  modifyInstance,
  migrateInstance,
  migrationProposal,
  tryMigration,
  startMigration,
  migrations,
  migration,
  pauseMigration,
  resolveInstance,
  retryIncident,
  cancelInstance,
  eraseInstance: eraseInstanceOperation,
  retention,
  placeLegalHold,
  liftLegalHold,
  incidents,
  retryIncidents,
  activateJobs,
  completeJob,
  failJob,
  throwJobError,
  extendJob,
  waitingJobs,
  setWorkerJobTypes,
  rebuild,
  rebuildWorkflows,
  publishMessage,
  publishSignal,
  registry,
  registryDisease,
  listStays,
  linkStay,
  openCase,
  fillCase,
  surveillance,
  surveillanceTopic,
  designateSite,
  endDesignation,
  openSentinelPeriod,
  quality,
  openCycle,
  cycleBoard,
  urgeReports,
  obligations,
  oblige,
  endObligation,
  exempt,
  withdrawExemption,
  qualityHistory,
  indicatorSet: indicatorSetOperation,
  indicatorSetVersion,
  beginSetDraft: beginSetDraftOperation,
  saveSetDraft,
  discardSetDraft,
  publishSetDraft,
  rebaseLimits,
  standards,
  standard,
  standardOfAdoption,
  urgeAdoptions,
  enterFigures,
  hospitalQuality,
  indicatorComparison,
  masterData,
  dictionaryEntries,
  beginDictionaryDraft,
  discardDictionaryDraft,
  putDictionaryEntries,
  approveDictionaryDraft,
  mappings,
  mappingWorklist,
  putMappings,
  actOnMapping: actOnMappingOperation,
  masterDataHistory,
  routing,
  putServicePoint,
  tryRouting,
  instanceRouting,
  notices,
  readNotices: readNoticesOperation,
} as const;

export type OperationName = keyof typeof OPERATIONS;

/** For callers that treat all alike: inputs are checked by each operation's own schema. */
export const allOperations = (): readonly Operation[] => Object.values(OPERATIONS) as unknown as readonly Operation[];
