/**
 * The one way to change an instance (P2–P5). People come here through the API, timers, jobs and the seal through activities.
 * It reads, lets core decide, and writes the step with everything that follows from it in one statement. It makes no rule itself.
 */

import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { commitmentOf, GENESIS_HASH, type StepEnvelope, stepHash } from '#core/journal/chain.ts';
import type { Actor, Caller, Command, CommandBody } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import type { Decision } from '#core/process/decision.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { evolve } from '#core/process/evolve.ts';
import type { NeedValues } from '#core/process/need.ts';
import type { Refusal } from '#core/process/refusal.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import { Outlooks, refuseStuck } from '#core/process/soundness/outlook.ts';
import type { ProcessState } from '#core/process/state.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Database } from '#db/database.ts';
import type { MessageStart } from '#db/news.ts';
import { reopenRelay, requestRebuild, type Stop } from '#db/relay.ts';
import {
  type ForDecision,
  insertRefusal,
  type NewInstance,
  type NewSubmission,
  readForDecision,
  readForStart,
  writeStep,
} from '#db/steps.ts';
import { readInstance, type StoredInstance } from '#db/stored-instance.ts';
import { ANY_SEQ, type Changes } from './changes.ts';
import { openJson, sealJson } from './cipher.ts';
import type { DataKeys } from './data-keys.ts';
import type { Definitions } from './definitions.ts';
import { NODE_DIGESTS } from './digests.ts';
import { instanceNumber } from './instance-number.ts';
import type { DataKey } from './keys.ts';
import type { Needs } from './needs.ts';
import { newsChanges } from './news.ts';
import { commitmentSalt, sealStep } from './step-codec.ts';
import { whereaboutsChange } from './whereabouts.ts';
import { urgencyOf, worklistChanges } from './worklists.ts';

export interface DoorDependencies {
  readonly db: Database;
  readonly keys: DataKeys;
  readonly definitions: Definitions;
  readonly needs: Needs;
  readonly changes: Changes;
}

/** What a caller brings once it has seen the instance: a command with its facts, or a refusal of its input. */
export type Prepared =
  | { readonly kind: 'ready'; readonly body: CommandBody; readonly submission?: PreparedSubmission; readonly fileIds?: readonly string[] }
  | { readonly kind: 'refused'; readonly refusal: InputRefusal };

export interface PreparedSubmission {
  readonly id: string;
  readonly taskId: string | null;
  readonly elementId: string;
  readonly formKey: string;
  readonly formHash: string;
  readonly hash: string;
  readonly response: unknown;
  /** Where a system brings it: whose answers they are. */
  readonly byPerson?: string;
}

/** Bad input, told with what is wrong: never stored as the command's answer, so it can be mended and sent again. */
export interface InputRefusal {
  readonly code: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly issues?: readonly object[];
}

export interface SubmitRequest {
  readonly instanceId: string;
  /** A UUID, unique per (instance, actor). */
  readonly commandId: string;
  readonly actor: Actor;
  /** What the client asked, for telling a repeated command from a reused id. */
  readonly asked: unknown;
  readonly prepare: (seen: Seen) => Prepared | Promise<Prepared>;
  /** May this actor know of the instance? A stranger is told that there is none. */
  readonly mayKnow?: (instance: StoredInstance, takesPart: boolean) => boolean;
  readonly draftId?: string;
  /** The message that the command delivers (P22): consumed by the step, which is not written when another step had it. */
  readonly consumedMessageId?: string;
}

export interface Seen {
  readonly instance: StoredInstance;
  readonly graph: ProcessGraph;
  readonly state: ProcessState;
}

export type SubmitResult =
  | {
      readonly kind: 'accepted';
      readonly instance: Pick<StoredInstance, 'id' | 'number'>;
      readonly seq: number;
      readonly state: ProcessState;
      readonly graph: ProcessGraph;
      readonly isRepeated: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal | InputRefusal }
  | { readonly kind: 'not-found' }
  /** The same command id came with another body. */
  | { readonly kind: 'command-reused' }
  /** The workflow came to another result: an operator has to resolve it first (P13). */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'busy' };

/** Attempts without a lock, then with the instance's advisory lock (P5). */
const FREE_ATTEMPTS = 2;
const LOCKED_ATTEMPTS = 8;
const NEEDS_ROUNDS_MAX = 8;
/** Steps that move nothing ride along with the next one (P10). */
const RIDE_ALONG_MS = 30_000;
const RIDING = new Set<ProcessEvent['type']>(['task.claimed', 'task.released', 'task.urged', 'commented', 'copied']);

export class Door {
  readonly #deps: DoorDependencies;
  readonly #outlooks = new Outlooks(setImmediate);

  constructor(deps: DoorDependencies) {
    this.#deps = deps;
  }

  async submit(request: SubmitRequest): Promise<SubmitResult> {
    const bodyHash = hashOf(request.asked);
    for (let attempt = 0; attempt < FREE_ATTEMPTS; attempt += 1) {
      const result = await this.#attempt(this.#deps.db, request, bodyHash);
      if (result) return result;
    }
    return this.#deps.db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${request.instanceId}, 0))`.execute(trx);
      for (let attempt = 0; attempt < LOCKED_ATTEMPTS; attempt += 1) {
        const result = await this.#attempt(trx, request, bodyHash);
        if (result) return result;
      }
      return { kind: 'busy' };
    });
  }

  /** P13: an operator has the workflow of a stopped instance built anew; the journal keeps the reason and both hashes. */
  async resolve(request: Pick<SubmitRequest, 'instanceId' | 'commandId' | 'actor'> & { readonly reason: string }): Promise<SubmitResult> {
    const { reason, ...head } = request;
    const asked = { resolve: reason };
    return this.#deps.db.transaction().execute(async (trx) => {
      const stop = await requestRebuild(trx, request.instanceId);
      const prepare = (): Prepared =>
        stop
          ? { kind: 'ready', body: { type: 'comment', text: resolutionText(reason, stop), mentions: [], fileIds: [] } }
          : { kind: 'refused', refusal: { code: 'not-stopped' } };
      return (await this.#attempt(trx, { ...head, asked, prepare }, hashOf(asked))) ?? { kind: 'busy' };
    });
  }

  /**
   * P24: takes steps that the workflow confirmed and that the journal lost, as they were, all or none. Throws where one is decided
   * otherwise or comes to another hash.
   */
  async importSteps({ instanceId, graph: begun, key, steps, created, seal }: ImportRequest): Promise<void> {
    await this.#deps.db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${instanceId}, 0))`.execute(trx);
      await reopenRelay(trx, instanceId);
      const found = await readInstance(trx, instanceId);
      const before = found ?? (created && newborn(created));
      if (!before) throw new Error(`There is no instance ${instanceId} to import steps into.`);
      let instance: Taken['instance'] = before;
      let state = found && openJson<ProcessState>(key, 'journal', found.state);
      let graph = begun;
      for (const { seq, command, hash } of steps) {
        const target = await this.#targetOf(command);
        const decision = decide(graph, state, command, target);
        graph = target ?? graph;
        if (decision.kind !== 'accepted') throw new Error(`Step ${seq} of ${instanceId} is ${decision.kind} here.`);
        const fileIds = command.type === 'comment' ? command.fileIds : [];
        state = await this.#write(trx, {
          request: {},
          // What its client had asked is not known: whoever sends the command again is answered by its id alone.
          bodyHash: '',
          expectedHash: hash,
          instance,
          created: seq === 1 ? created : null,
          graph,
          before: state,
          key,
          command,
          events: decision.events,
          prepared: { kind: 'ready', body: command, fileIds },
        });
        if (!state) throw new Error(`Another step of ${instanceId} came first.`);
        instance = { ...instance, lastSeq: seq, lastHash: hash };
      }
      if (seal) await this.#attempt(trx, seal, hashOf(seal.asked));
    });
  }

  /** The command as it would be decided now, with everything it needs, and what it would be decided on: for a plan. Nothing is written. */
  async preview(request: Pick<SubmitRequest, 'instanceId' | 'commandId' | 'actor'> & { readonly body: CommandBody }): Promise<Previewed> {
    const { actor, body, instanceId, commandId } = request;
    const found = await readForDecision(this.#deps.db, { instanceId, actor: actorName(actor), commandId, personId: null, principals: [] });
    const key = found && (await this.#deps.keys.find(`instance:${instanceId}`, found.instance.wrappedKey));
    if (!found || !key) return { kind: 'not-found' };
    const graph = await this.#deps.definitions.graph(found.instance.graphHash);
    const state = openJson<ProcessState>(key, 'journal', found.instance.state);
    const at = later(found.now, found.instance.lastAt);
    const { command, decision, target } = await this.#decide(graph, state, { id: commandId, at, zone: zoneOf(state), actor, ...body });
    return { kind: 'decided', graph, state, command, decision, target: target ?? graph };
  }

  /** How an instance would stand after its first step, with what it is told so far; null where it would not begin. Nothing is written. */
  async previewStart({ graph, command: asked }: { readonly graph: ProcessGraph; readonly command: Command }): Promise<ProcessState | null> {
    const { command, decision } = await this.#decide(graph, null, asked);
    return decision.kind === 'accepted' ? evolve(graph, null, { seq: 1, at: command.at, events: decision.events }) : null;
  }

  /** Null: another step came first, nothing was written. */
  async #attempt(db: Database, request: SubmitRequest, bodyHash: string): Promise<SubmitResult | null> {
    const { actor } = request;
    const found = await readForDecision(db, {
      instanceId: request.instanceId,
      actor: actorName(actor),
      commandId: request.commandId,
      personId: actor.kind === 'person' ? actor.personId : null,
      principals: actor.kind === 'person' ? actor.principals : [],
    });
    if (!found) return { kind: 'not-found' };
    const { instance } = found;
    if (request.mayKnow && !request.mayKnow(instance, found.takesPart)) return { kind: 'not-found' };
    const key = await this.#deps.keys.find(`instance:${instance.id}`, instance.wrappedKey);
    if (!key) return { kind: 'not-found' };
    const graph = await this.#deps.definitions.graph(instance.graphHash);
    const state = openJson<ProcessState>(key, 'journal', instance.state);
    if (found.handled) return answerAgain(found, bodyHash, { graph, state });
    if (instance.isDiverged) return { kind: 'stopped' };
    const prepared = await request.prepare({ instance, graph, state });
    if (prepared.kind === 'refused') return prepared;
    const { command, decision, target } = await this.#decide(graph, state, {
      id: request.commandId,
      at: later(found.now, instance.lastAt, dueOfTimer(state, prepared.body)),
      zone: zoneOf(state),
      actor,
      ...prepared.body,
    });
    if (decision.kind === 'refused') {
      // P4: it will be taken again once the instance is resumed.
      if (decision.refusal.code === 'suspended') return decision;
      await insertRefusal(db, {
        instanceId: instance.id,
        actor: actorName(actor),
        commandId: request.commandId,
        bodyHash,
        refusal: decision.refusal,
      });
      return decision;
    }
    const next = await this.#write(db, {
      request,
      bodyHash,
      instance,
      created: null,
      // A migrated instance is folded and shown by the graph that it goes on with.
      graph: target ?? graph,
      before: state,
      key,
      command,
      events: decision.events,
      prepared,
    });
    return next && { kind: 'accepted', instance, seq: next.seq, state: next, graph: target ?? graph, isRepeated: false };
  }

  /** Starts an instance: its first step. Ids of a repeated start are the same, so it starts once. */
  async start(request: StartRequest): Promise<SubmitResult> {
    const { actor, graph } = request;
    const bodyHash = hashOf(request.asked);
    const { now, number } = await readForStart(this.#deps.db);
    const { key, wrapped } = await this.#deps.keys.create();
    const { command, decision } = await this.#decide(graph, null, {
      id: request.commandId,
      at: now,
      zone: request.zone,
      actor,
      ...request.body,
    });
    if (decision.kind === 'refused') return decision;
    const created: NewInstance = {
      id: request.instanceId,
      number: instanceNumber({ prefix: request.numberPrefix, at: now, zone: request.zone, count: number }),
      serviceKey: graph.key,
      graphHash: request.graphHash,
      definitionVersion: request.definitionVersion,
      organisationId: request.organisationId,
      applicantId: actor.kind === 'person' ? actor.personId : request.applicantId,
      caller: request.caller ?? null,
      title: request.title,
      patientMasked: request.patientMasked,
      semantics: SEMANTICS,
      wrappedKey: wrapped,
    };
    const instance = newborn(created);
    const prepared = { kind: 'ready' as const, body: request.body, submission: request.submission, fileIds: request.fileIds };
    const next = await this.#write(this.#deps.db, {
      request,
      bodyHash,
      instance,
      created,
      graph,
      before: null,
      key,
      command,
      events: decision.events,
      prepared,
    });
    if (next) return { kind: 'accepted', instance: created, seq: next.seq, state: next, graph, isRepeated: false };
    // The same start came before.
    return this.submit({ ...request, prepare: () => ({ kind: 'ready', body: request.body }) });
  }

  /** The graph that a migration leads to. */
  async #targetOf(command: Command): Promise<ProcessGraph | undefined> {
    return command.type === 'instance.migrate' ? this.#deps.definitions.graph(command.graphHash) : undefined;
  }

  async #decide(graph: ProcessGraph, state: ProcessState | null, command: Command) {
    const target = await this.#targetOf(command);
    let needs: NeedValues = {};
    for (let round = 0; round < NEEDS_ROUNDS_MAX; round += 1) {
      const asked: Command = { ...command, needs };
      const decision = await this.#lookAhead(graph, state, asked, decide(graph, state, asked, target), target);
      if (decision.kind !== 'needs') return { command: asked, decision, target };
      needs = await this.#deps.needs.resolve(decision.needs, needs);
    }
    throw new Error(`Command ${command.type} of ${command.id} asks for more than ${NEEDS_ROUNDS_MAX} rounds of needs.`);
  }

  /** What an operator moves must not get stuck later: that takes too long for a workflow, which only decides again what was let through. */
  async #lookAhead(
    from: ProcessGraph,
    before: ProcessState | null,
    { type, at }: Command,
    decision: Decision,
    to = from,
  ): Promise<Decision> {
    const isMove = type === 'instance.modify' || type === 'instance.migrate';
    if (!isMove || before === null || decision.kind !== 'accepted') return decision;
    const after = evolve(to, before, { seq: before.seq + 1, at, events: decision.events });
    const refusal = await refuseStuck(this.#outlooks, { from, before, to, after });
    return refusal ? { kind: 'refused', refusal } : decision;
  }

  async #write(db: Database, taken: Taken): Promise<ProcessState | null> {
    const { request, instance, graph, before, key, command, events, prepared } = taken;
    const seq = instance.lastSeq + 1;
    const state = evolve(graph, before, { seq, at: command.at, events });
    const commitment = commitmentOf(commitmentSalt(key), { events, state }, NODE_DIGESTS);
    const envelope = envelopeOf(instance.id, seq, command, instance.semantics);
    const hash = stepHash(instance.lastHash, envelope, commitment, NODE_DIGESTS);
    if (taken.expectedHash && taken.expectedHash !== hash) throw new Error(`Step ${seq} of ${instance.id} comes to another hash.`);
    const worklists = worklistChanges({ graph, before, after: state, events, actor: command.actor, at: command.at });
    const openedBy = command.type === 'start' ? (command.openedBy ?? null) : null;
    const news = await newsChanges(
      {
        graph,
        before,
        after: state,
        events,
        key,
        consumedMessageId: request.consumedMessageId ?? null,
        startedBy: request.startedBy ?? null,
        openedBy,
      },
      this.#deps.keys,
    );
    const wasOver = before !== null && before.status !== 'active';
    const written = await writeStep(db, {
      step: { ...envelope, bodyHash: taken.bodyHash, commitment, hash, body: sealStep(key, { command, events }) },
      serviceKey: instance.serviceKey,
      organisationId: instance.organisationId,
      news,
      change: {
        status: state.status === 'active' ? 'active' : (state.result ?? 'aborted'),
        urgency: state.status === 'active' ? urgencyOf(state) : taken.created ? 'routine' : (instance.urgency ?? 'routine'),
        currentPhases: [...new Set(Object.values(state.elements).flatMap((element) => graph.elements[element.elementId]?.phase ?? []))],
        lastSeq: seq,
        lastHash: hash,
        lastAt: command.at,
        state: sealJson(key, 'journal', state),
        endedAt: state.status === 'active' ? null : wasOver ? (instance.endedAt ?? command.at) : command.at,
        sealedAt: state.sealed ? (instance.sealedAt ?? command.at) : null,
        incidents: Object.keys(state.incidents).length,
        suspendedAt: state.suspended?.at ?? null,
        migratedTo: command.type === 'instance.migrate' ? { graphHash: command.graphHash, version: command.version } : null,
        isWhereaboutsKnown: instance.isWhereaboutsKnown,
      },
      whereabouts: instance.isWhereaboutsKnown
        ? whereaboutsChange({ graph, before, after: state, isMigration: command.type === 'instance.migrate' })
        : null,
      created: taken.created,
      submission: prepared.submission ? sealSubmission(prepared.submission, key, command.actor) : null,
      worklists: { ...worklists, fileIds: prepared.fileIds ?? [], draftId: request.draftId ?? null },
      relayDueInMs: wasOver ? null : events.every((event) => RIDING.has(event.type)) ? RIDE_ALONG_MS : 0,
      personId: command.actor.kind === 'person' ? command.actor.personId : null,
    });
    if (!written) return null;
    const principals = [...worklists.inboxCreated, ...worklists.inboxDeleted, ...worklists.notices].map((row) => row.principal);
    this.#deps.changes.publish({ instanceId: instance.id, seq, principals: [...new Set(principals)], ...(news && { hasNews: true }) });
    // The page of what opened this one says so, though no step of its own does.
    if (openedBy !== null) this.#deps.changes.publish({ instanceId: openedBy, seq: ANY_SEQ, principals: [] });
    return state;
  }
}

export type Previewed =
  | {
      readonly kind: 'decided';
      readonly graph: ProcessGraph;
      readonly state: ProcessState;
      readonly command: Command;
      readonly decision: Exclude<Decision, { kind: 'needs' }>;
      readonly target: ProcessGraph;
    }
  | { readonly kind: 'not-found' };

export interface StartRequest extends Omit<SubmitRequest, 'prepare'> {
  readonly graph: ProcessGraph;
  readonly graphHash: string;
  readonly definitionVersion: number;
  readonly body: Extract<CommandBody, { type: 'start' }>;
  readonly submission?: PreparedSubmission;
  readonly fileIds?: readonly string[];
  readonly numberPrefix: string;
  readonly organisationId: string;
  /** Of a person's start the person; null where nobody applied. */
  readonly applicantId: string | null;
  /** The call activity that it is started for. */
  readonly caller?: Caller;
  /** The message start event that begins it for a key: only one instance at a time (P22). */
  readonly startedBy?: MessageStart;
  readonly zone: string;
  readonly title: LocalizedText;
  readonly patientMasked: string | null;
}

export interface ImportRequest {
  readonly instanceId: string;
  readonly graph: ProcessGraph;
  readonly key: DataKey;
  readonly steps: readonly { readonly seq: number; readonly command: Command; readonly hash: string }[];
  /** Where the journal lost all of it. */
  readonly created: NewInstance | null;
  /** Where the workflow has ended: its last act is done again, because it is told to nobody. */
  readonly seal: SubmitRequest | null;
}

interface Taken {
  readonly request: Pick<SubmitRequest, 'draftId' | 'consumedMessageId'> & Pick<Partial<StartRequest>, 'startedBy'>;
  readonly bodyHash: string;
  /** Of an imported step: it must come to this. */
  readonly expectedHash?: string;
  readonly instance: Pick<
    StoredInstance,
    'id' | 'lastSeq' | 'lastHash' | 'semantics' | 'serviceKey' | 'organisationId' | 'isWhereaboutsKnown'
  > &
    Partial<Pick<StoredInstance, 'endedAt' | 'sealedAt' | 'urgency'>>;
  readonly created: NewInstance | null;
  readonly graph: ProcessGraph;
  readonly before: ProcessState | null;
  readonly key: DataKey;
  readonly command: Command;
  readonly events: readonly ProcessEvent[];
  readonly prepared: Extract<Prepared, { kind: 'ready' }>;
}

/** An instance before its first step. */
const newborn = ({ id, number, semantics, serviceKey, organisationId }: NewInstance) => ({
  id,
  number,
  semantics,
  serviceKey,
  organisationId,
  lastHash: GENESIS_HASH,
  lastSeq: 0,
  isWhereaboutsKnown: true,
});

export const actorName = (actor: Actor): string => (actor.kind === 'person' ? `person:${actor.personId}` : `system:${actor.name}`);

export const envelopeOf = (instanceId: string, seq: number, command: Command, semantics: number): StepEnvelope => ({
  instanceId,
  seq,
  at: command.at,
  actor: actorName(command.actor),
  commandId: command.id,
  commandType: command.type,
  semantics,
});

const resolutionText = (reason: string, { divergence, error }: Stop): string =>
  divergence
    ? `${reason} (seq ${divergence.seq}: journal ${divergence.journalHash}, workflow ${divergence.workflowHash || '-'})`
    : `${reason} (${error ?? 'not sealed'})`;

const hashOf = (asked: unknown): string => NODE_DIGESTS.sha256(canonicalJson(asked));

function answerAgain(found: ForDecision, bodyHash: string, seen: Pick<Seen, 'graph' | 'state'>): SubmitResult {
  const { handled, instance } = found;
  const isImported = handled?.bodyHash === '';
  if (!handled || (handled.bodyHash !== bodyHash && !isImported)) return { kind: 'command-reused' };
  // Stored by us as a refusal of core.
  if (handled.refusal) return { kind: 'refused', refusal: handled.refusal as Refusal };
  return { kind: 'accepted', instance, seq: handled.seq ?? instance.lastSeq, ...seen, isRepeated: true };
}

/** P1, P15: never before the previous step, and a timer's time is its due time at least. */
const later = (...times: readonly (string | null)[]): string =>
  times.reduce<string>((last, time) => (time !== null && time > last ? time : last), '');

function dueOfTimer(state: ProcessState, body: CommandBody): string | null {
  if (body.type !== 'timer.fire') return null;
  const timer = state.timers[body.effectId];
  if (timer) return timer.due;
  for (const { deadline } of Object.values(state.tasks)) {
    if (deadline?.effectId === body.effectId) return deadline.due;
    const reminder = deadline?.reminders.find((candidate) => candidate.effectId === body.effectId);
    if (reminder) return reminder.at;
  }
  return null;
}

/** The zone that the instance started with; core keeps it among the variables of the process scope. */
const zoneOf = (state: ProcessState): string => {
  const zone = state.elements[1]?.variables.zone;
  return typeof zone === 'string' ? zone : 'Asia/Shanghai';
};

const sealSubmission = (submission: PreparedSubmission, key: DataKey, actor: Actor): NewSubmission => {
  const byPerson = actor.kind === 'person' ? actor.personId : submission.byPerson;
  if (byPerson === undefined) throw new Error('Only a person submits a form.');
  return {
    id: submission.id,
    taskId: submission.taskId,
    elementId: submission.elementId,
    formKey: submission.formKey,
    formHash: submission.formHash,
    byPerson,
    hash: submission.hash,
    body: sealJson(key, 'journal', submission.response),
  };
};
