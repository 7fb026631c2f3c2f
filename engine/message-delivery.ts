/** One message to one receiver: whoever has waited longest for its name and key; where nobody waits, it may start instances. */
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { JsonObject } from '#core/json.ts';
import type { CommandBody } from '#core/process/command.ts';
import type { Database } from '#db/database.ts';
import {
  claimForStart,
  closeMessage,
  type LeasedMessage,
  leaseDeliverable,
  leaseStarting,
  readMessageStarts,
  readReceiver,
  releaseMessage,
  unclaim,
  type WaitingSubscription,
} from '#db/messages.ts';
import type { Beginnings } from './beginnings.ts';
import { openJson } from './cipher.ts';
import { commandIdOf } from './command-id.ts';
import type { DataKeys } from './data-keys.ts';
import type { Door, Seen } from './door.ts';
import type { DeployedStart, Processes } from './processes.ts';

export interface DeliveryDependencies {
  readonly db: Database;
  readonly door: Pick<Door, 'submit'>;
  readonly keys: Pick<DataKeys, 'find'>;
  readonly beginnings: Beginnings;
  readonly processes: Processes;
  /** One that cannot be brought keeps no other one waiting. */
  readonly onError: (error: unknown) => void;
}

const BATCH_MAX = 50;
const LEASE_SECONDS = 15;
/** Its receiver was busy, stopped or gone. */
const RETRY_MS = 2_000;
const MESSAGE = { kind: 'system', name: 'message' } as const;

export interface TakenMessages {
  readonly deliverable: readonly LeasedMessage[];
  readonly starting: readonly LeasedMessage[];
  /** What message start events there are. */
  readonly starts: readonly DeployedStart[];
}

export class MessageDelivery {
  readonly #deps: DeliveryDependencies;

  constructor(deps: DeliveryDependencies) {
    this.#deps = deps;
  }

  /** Messages for which somebody waits, and those that may start something. */
  async take(): Promise<TakenMessages> {
    const { db, processes } = this.#deps;
    const lease = { leaseSeconds: LEASE_SECONDS, limit: BATCH_MAX };
    const deliverable = await leaseDeliverable(db, lease);
    const starts = await processes.starts('message');
    const names = [...new Set(starts.flatMap((start) => nameOf(start) ?? []))];
    return { deliverable, starting: await leaseStarting(db, { ...lease, names }), starts };
  }

  /** True if anything was brought. */
  async bring({ deliverable, starting, starts }: TakenMessages): Promise<boolean> {
    let isAnythingBrought = false;
    for (const message of deliverable) {
      isAnythingBrought = (await this.#try(message, () => this.#deliver(message))) || isAnythingBrought;
    }
    for (const message of starting) {
      isAnythingBrought = (await this.#try(message, () => this.#start(message, starts))) || isAnythingBrought;
    }
    return isAnythingBrought;
  }

  async #try({ id }: LeasedMessage, bring: () => Promise<boolean>): Promise<boolean> {
    try {
      return await bring();
    } catch (error) {
      this.#deps.onError(error);
      await releaseMessage(this.#deps.db, { id, retryInMs: RETRY_MS });
      return false;
    }
  }

  async #deliver(message: LeasedMessage): Promise<boolean> {
    const { db } = this.#deps;
    const receiver = await readReceiver(db, message.id);
    const variables = await this.#open(message);
    if (!variables) return this.#drop(message);
    if (receiver && (await this.#submit(message, receiver, variables))) return true;
    await releaseMessage(db, { id: message.id, retryInMs: receiver ? RETRY_MS : 0 });
    return false;
  }

  /** True when its receiver has it. P22: the step that takes it marks it consumed in its own transaction. */
  async #submit(message: LeasedMessage, { instanceId, effectId }: WaitingSubscription, variables: JsonObject): Promise<boolean> {
    const prepare = ({ state }: Seen) => {
      const waiting = state.subscriptions[effectId];
      if (!waiting) return { kind: 'refused', refusal: { code: 'no-subscription' } } as const;
      const { name: messageName, correlationKey } = waiting;
      const key = correlationKey === undefined ? {} : { correlationKey };
      const body: CommandBody = { type: 'message.deliver', messageName, ...key, effectId, variables };
      return { kind: 'ready', body } as const;
    };
    try {
      const result = await this.#deps.door.submit({
        instanceId,
        commandId: commandIdOf('message', message.id, instanceId, effectId),
        actor: MESSAGE,
        asked: { message: message.id, effectId },
        prepare,
        consumedMessageId: message.id,
      });
      // Its step is there, perhaps brought back from its workflow by a recovery, and the message is not marked.
      if (result.kind === 'accepted' && result.isRepeated) await closeMessage(this.#deps.db, message.id);
      return result.kind === 'accepted';
    } catch (error) {
      // Another worker brought it to somebody else at the same time.
      if (isUniqueViolation(error, 'message_delivery_pkey')) return true;
      throw error;
    }
  }

  async #start(message: LeasedMessage, all: readonly DeployedStart[]): Promise<boolean> {
    const { db } = this.#deps;
    // Somebody may have begun to wait for it since it was taken.
    if (!message.isStarting && (await readReceiver(db, message.id))) return this.#deliver(message);
    const starts = all.filter((start) => nameOf(start) === message.name);
    const reigning = message.isKeyed ? await readMessageStarts(db, message.match) : [];
    const isHeld = ({ deployment, elementId }: DeployedStart): boolean =>
      reigning.some((held) => held.service_key === deployment.serviceKey && held.element_id === elementId);
    const free = starts.filter((start) => !isHeld(start));
    if (free.length === 0 && !message.isStarting) {
      await releaseMessage(db, { id: message.id, retryInMs: 0, passedOver: true });
      return false;
    }
    const variables = await this.#open(message);
    if (!variables) return this.#drop(message);
    if (!message.isStarting && !(await claimForStart(db, message.id))) return false;
    const isAnyHere = starts.some((start) => reigning.some((held) => held.instance_id === instanceIdOf(message, start)));
    let isAnyBegun = isAnyHere;
    for (const start of free) isAnyBegun = (await this.#begin(message, start, variables)) || isAnyBegun;
    if (isAnyBegun) await closeMessage(db, message.id);
    else {
      await unclaim(db, message.id);
      await releaseMessage(db, { id: message.id, retryInMs: 0, passedOver: true });
    }
    return isAnyBegun;
  }

  /** False while another instance that was started for this key is active. */
  async #begin(message: LeasedMessage, start: DeployedStart, variables: JsonObject): Promise<boolean> {
    const { deployment, elementId, definition } = start;
    try {
      const result = await this.#deps.beginnings.fromOutside({
        process: start,
        instanceId: instanceIdOf(message, start),
        actor: MESSAGE,
        asked: { message: message.id },
        startElementId: elementId,
        ...(definition === undefined ? {} : { definition }),
        variables,
        organisationId: message.organisationId,
        ...(message.senderId === null ? {} : { openedBy: message.senderId }),
        ...(message.isKeyed ? { startedBy: { service_key: deployment.serviceKey, element_id: elementId, match: message.match } } : {}),
      });
      return result.kind === 'accepted';
    } catch (error) {
      if (isUniqueViolation(error, 'message_start_pkey')) return false;
      throw error;
    }
  }

  /** Null when its sender was erased (P25). */
  async #open({ id, senderId, body }: LeasedMessage): Promise<JsonObject | null> {
    const key = await this.#deps.keys.find(senderId === null ? `message:${id}` : `instance:${senderId}`);
    return key && body && openJson<JsonObject>(key, 'journal', body);
  }

  async #drop({ id }: LeasedMessage): Promise<boolean> {
    await closeMessage(this.#deps.db, id);
    return true;
  }
}

const instanceIdOf = ({ id }: LeasedMessage, { deployment, elementId }: DeployedStart): string =>
  commandIdOf('message', id, deployment.serviceKey, elementId);

/** A start event has no instance whose variables its name could depend on. */
export function nameOf({ event }: DeployedStart): string | null {
  const source = event.kind === 'message' ? event.messageName : event.kind === 'signal' ? event.signalName : null;
  if (source === null) return null;
  const result = evaluateFeel(source, {}, { at: new Date().toISOString(), zone: 'UTC' });
  return result.ok && typeof result.value === 'string' ? result.value : null;
}

const isUniqueViolation = (error: unknown, constraint: string): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505' && 'constraint' in error && error.constraint === constraint;
