/** Starts instances that no person starts (P18, P19, P22): through the door, each once for its cause. */
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { childIdOf } from '#core/process/called.ts';
import type { Actor, Caller, CommandBody, SubmissionReference } from '#core/process/command.ts';
import type { ProcessState } from '#core/process/state.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import { inLocale, type LocalizedText } from '#core/text.ts';
import { readCallDepth } from '#db/callers.ts';
import type { Database } from '#db/database.ts';
import type { MessageStart } from '#db/news.ts';
import { readOrganisationContext } from '#db/people.ts';
import { readInstance } from '#db/stored-instance.ts';
import { openJson } from './cipher.ts';
import { commandIdOf } from './command-id.ts';
import type { DataKeys } from './data-keys.ts';
import type { ServiceDescriptor } from './descriptor.ts';
import type { Door, PreparedSubmission, SubmitResult } from './door.ts';
import type { DeployedProcess, Processes } from './processes.ts';

/** Where an instance belongs and whose it is: set by whoever starts it, never by what it is told. */
export const CONTEXT_VARIABLES = ['starter', 'platform', 'zone', 'instanceId'] as const;

export interface BeginningsDependencies {
  readonly db: Database;
  readonly door: Pick<Door, 'start' | 'submit'>;
  readonly keys: Pick<DataKeys, 'find'>;
  readonly processes: Processes;
}

export class Beginnings {
  readonly #deps: BeginningsDependencies;

  constructor(deps: BeginningsDependencies) {
    this.#deps = deps;
  }

  /** P18: the process that a call activity wants, if it still does; what cannot be started is told to the caller, who makes it an incident. */
  async child(call: Caller): Promise<SubmitResult | null> {
    const { db, keys, processes } = this.#deps;
    const caller = await readInstance(db, call.instanceId);
    const key = caller && (await keys.find(`instance:${caller.id}`, caller.wrappedKey));
    if (!key) return null;
    const state = openJson<ProcessState>(key, 'journal', caller.state);
    const wanted = state.children[call.effectId];
    if (!wanted) return null;
    // Suspended meanwhile: it is begun once the caller goes on.
    if (state.suspended) return { kind: 'busy' };
    if ((await readCallDepth(db, { instanceId: caller.id, max: CALL_DEPTH_MAX })) >= CALL_DEPTH_MAX)
      return this.#fail(call, `More than ${CALL_DEPTH_MAX} processes call each other; a process that calls itself never ends.`);
    const process = await processes.called(wanted.calledProcessId, caller.graphHash);
    if (!process) return this.#fail(call, `No deployed flow has a process "${wanted.calledProcessId}".`);
    const started = await this.begin({
      process,
      instanceId: childIdOf(call),
      actor: CHILD,
      asked: { calledBy: { ...call } },
      // It acts for the same person at the same organisation, so nobody may see more of it than of its caller.
      variables: { ...wanted.variables, ...contextOf(state.elements[ROOT_KEY]?.variables ?? {}) },
      organisationId: caller.organisationId,
      applicantId: caller.applicantId,
      caller: call,
    });
    if (started.kind !== 'refused') return started;
    return this.#fail(call, `The process "${wanted.calledProcessId}" cannot be started: ${started.refusal.code}.`);
  }

  /**
   * What a message, a signal or a timer begins: nobody applied, and it belongs to the organisation from which that came, or to the one that
   * its start event names (`bihuan:organisation`).
   */
  async fromOutside({ organisationId: sender, variables, ...rest }: Omit<Beginning, 'applicantId' | 'caller'>): Promise<SubmitResult> {
    const named = organisationOf(rest, variables);
    const found = named === null ? null : await readOrganisationContext(this.#deps.db, named);
    const [organisationId, context] =
      found && named !== null ? [named, found] : [sender, await readOrganisationContext(this.#deps.db, sender)];
    if (!context) throw new Error(`There is no organisation ${organisationId}.`);
    const { tier, region, zone, platform } = context;
    const whose = { starter: { organisation: organisationId, tier, region }, platform, zone };
    return this.begin({ ...rest, organisationId, applicantId: null, variables: { ...variables, ...whose } });
  }

  begin(beginning: Beginning): Promise<SubmitResult> {
    const { process, instanceId, startElementId, definition, variables, caller } = beginning;
    const { deployment, descriptor, graph, processId } = process;
    const body: CommandBody & { readonly type: 'start' } = {
      type: 'start',
      instanceId,
      processId,
      variables: { ...variables, instanceId },
      ...(startElementId === undefined ? {} : { startElementId }),
      ...(definition === undefined ? {} : { definition }),
      ...(beginning.application === undefined ? {} : { submission: referenceOf(beginning.application.submission) }),
      ...(caller === undefined ? {} : { calledBy: caller }),
      ...(beginning.openedBy === undefined ? {} : { openedBy: beginning.openedBy }),
    };
    return this.#deps.door.start({
      instanceId,
      commandId: commandIdOf('start', instanceId),
      actor: beginning.actor,
      asked: beginning.asked,
      graph,
      graphHash: deployment.graphHash,
      definitionVersion: deployment.version,
      body,
      numberPrefix: descriptor.numberPrefix,
      organisationId: beginning.organisationId,
      applicantId: beginning.applicantId,
      zone: typeof variables.zone === 'string' ? variables.zone : DEFAULT_ZONE,
      title: beginning.application?.title ?? titleOf(descriptor, graph.processes[processId]?.name ?? descriptor.name, variables),
      patientMasked: beginning.application?.patientMasked ?? null,
      ...(beginning.application === undefined ? {} : { submission: beginning.application.submission }),
      ...(caller === undefined ? {} : { caller }),
      ...(beginning.startedBy === undefined ? {} : { startedBy: beginning.startedBy }),
    });
  }

  #fail({ instanceId, effectId }: Caller, message: string): Promise<SubmitResult> {
    const body: CommandBody = { type: 'child.fail', effectId, message };
    return this.#deps.door.submit({
      instanceId,
      commandId: commandIdOf(instanceId, body.type, effectId),
      actor: CHILD,
      asked: { type: body.type, effectId },
      prepare: () => ({ kind: 'ready', body }),
    });
  }
}

/** Of what nobody applies for: its name and the variables that the flow names, such as a period. */
function titleOf({ startForm, titleFacts }: ServiceDescriptor, name: LocalizedText, variables: JsonObject): LocalizedText {
  const facts = startForm === undefined ? titleFacts.map((fact) => variables[fact]).filter((value) => typeof value === 'string') : [];
  return { 'zh-CN': [name['zh-CN'], ...facts].join(' · '), en: [inLocale(name, 'en'), ...facts].join(' · ') };
}

export interface Beginning {
  readonly process: DeployedProcess;
  readonly instanceId: string;
  readonly actor: Actor;
  /** The cause, the same every time. */
  readonly asked: Json;
  readonly startElementId?: string;
  /** Which of the triggers of that element happened, where it has several. */
  readonly definition?: number;
  readonly variables: JsonObject;
  readonly organisationId: string;
  readonly applicantId: string | null;
  readonly caller?: Caller;
  readonly startedBy?: MessageStart;
  /** The instance whose message begins it. */
  readonly openedBy?: string;
  /** What a person had applied for before, of which this is a part. */
  readonly application?: {
    readonly submission: PreparedSubmission;
    readonly title: LocalizedText;
    readonly patientMasked: string | null;
  };
}

const referenceOf = ({ id, formKey, formHash, hash }: PreparedSubmission): SubmissionReference => ({ id, formKey, formHash, hash });

const CHILD: Actor = { kind: 'system', name: 'child' };
/** Deep enough for any organisation, and an end for what calls itself. */
const CALL_DEPTH_MAX = 20;
const DEFAULT_ZONE = 'Asia/Shanghai';

function organisationOf({ process, startElementId }: Pick<Beginning, 'process' | 'startElementId'>, variables: JsonObject): string | null {
  const start = process.graph.elements[startElementId ?? ''];
  const source = start?.elementType === 'startEvent' ? start.organisation : undefined;
  const result = source === undefined ? null : evaluateFeel(source, variables, { at: new Date().toISOString(), zone: DEFAULT_ZONE });
  return result?.ok && typeof result.value === 'string' ? result.value : null;
}

/** Of an instance's variables what says where it belongs. */
export const contextOf = (variables: JsonObject): JsonObject =>
  Object.fromEntries(CONTEXT_VARIABLES.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])));
