/** A signal to everybody who listened when it was thrown, and to the start events that wait for it. */
import type { JsonObject } from '#core/json.ts';
import type { CommandBody } from '#core/process/command.ts';
import { deleteDelivery, type LeasedDelivery, type LeasedSignal, leaseDeliveries, leaseUnstarted, markStarted } from '#db/signals.ts';
import { openJson } from './cipher.ts';
import { commandIdOf } from './command-id.ts';
import { type DeliveryDependencies, nameOf } from './message-delivery.ts';

const BATCH_MAX = 50;
const LEASE_SECONDS = 15;
const SIGNAL = { kind: 'system', name: 'message' } as const;

export class SignalDelivery {
  readonly #deps: DeliveryDependencies;

  constructor(deps: DeliveryDependencies) {
    this.#deps = deps;
  }

  /** True if anything was brought. */
  async bring(): Promise<boolean> {
    const { db } = this.#deps;
    const deliveries = await leaseDeliveries(db, { leaseSeconds: LEASE_SECONDS, limit: BATCH_MAX });
    const told = await Promise.all(deliveries.map((delivery) => this.#try(() => this.#tell(delivery))));
    const unstarted = await leaseUnstarted(db, { leaseSeconds: LEASE_SECONDS, limit: BATCH_MAX });
    const started = await Promise.all(unstarted.map((signal) => this.#try(() => this.#start(signal))));
    return [...told, ...started].some(Boolean);
  }

  /** What could not be brought is looked at again when its lease is over. */
  async #try(bring: () => Promise<boolean>): Promise<boolean> {
    try {
      return await bring();
    } catch (error) {
      this.#deps.onError(error);
      return false;
    }
  }

  /** False where the instance is busy or stopped: it hears of it when its lease is over. */
  async #tell(delivery: LeasedDelivery): Promise<boolean> {
    const { id, instanceId, name: signalName } = delivery;
    const variables = await this.#open(delivery);
    if (variables) {
      const body: CommandBody = { type: 'signal.deliver', signalName, variables };
      const result = await this.#deps.door.submit({
        instanceId,
        commandId: commandIdOf('signal', id, instanceId),
        actor: SIGNAL,
        asked: { signal: id },
        prepare: () => ({ kind: 'ready', body }),
      });
      // Refused: it no longer listens.
      if (result.kind === 'stopped' || result.kind === 'busy') return false;
    }
    await deleteDelivery(this.#deps.db, delivery);
    return true;
  }

  async #start(signal: LeasedSignal): Promise<boolean> {
    const { db, processes, beginnings } = this.#deps;
    const variables = await this.#open(signal);
    for (const start of variables ? await processes.starts('signal') : []) {
      if (!variables || nameOf(start) !== signal.name) continue;
      await beginnings.fromOutside({
        process: start,
        instanceId: commandIdOf('signal', signal.id, start.deployment.serviceKey, start.elementId),
        actor: SIGNAL,
        asked: { signal: signal.id },
        startElementId: start.elementId,
        ...(start.definition === undefined ? {} : { definition: start.definition }),
        variables,
        organisationId: signal.organisationId,
      });
    }
    await markStarted(db, signal.id);
    return true;
  }

  /** Null when its sender was erased (P25). */
  async #open({ id, senderId, body }: LeasedSignal): Promise<JsonObject | null> {
    const key = await this.#deps.keys.find(senderId === null ? `signal:${id}` : `instance:${senderId}`);
    return key && body && openJson<JsonObject>(key, 'journal', body);
  }
}
