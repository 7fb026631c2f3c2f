/** Finding processes among what is deployed: those that a call activity names, and those that a message, a signal or a timer begins. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { type InstanceStart, instanceStartsOf } from '#core/process/life.ts';
import type { Database } from '#db/database.ts';
import { currentDeployments, type Deployment } from '#db/deployments.ts';
import type { Definitions } from './definitions.ts';
import { type ServiceDescriptor, serviceDescriptor } from './descriptor.ts';

export interface DeployedProcess {
  readonly deployment: Deployment;
  readonly descriptor: ServiceDescriptor;
  readonly graph: ProcessGraph;
  readonly processId: string;
}

export interface DeployedStart extends DeployedProcess, InstanceStart {}

export class Processes {
  readonly #db: Database;
  readonly #definitions: Definitions;

  constructor(dependencies: { readonly db: Database; readonly definitions: Definitions }) {
    this.#db = dependencies.db;
    this.#definitions = dependencies.definitions;
  }

  /** The current version of a flow; null where none is deployed. */
  async latest(key: string): Promise<DeployedProcess | null> {
    const found = (await this.#current()).find(({ deployment }) => deployment.serviceKey === key);
    return found ? { ...found, processId: found.descriptor.processId } : null;
  }

  /**
   * What a call activity names: a process of the set that its own instance pinned; else the latest version of a flow with that key, or of
   * one that holds a process with that id (Zeebe's binding "latest"). Of several, the first by key.
   */
  async called(name: string, callerGraphHash: string): Promise<DeployedProcess | null> {
    const own = await this.#of(await this.#definitions.deploymentOf(callerGraphHash));
    if (own.graph.processes[name]) return { ...own, processId: name };
    const newest = await this.#current();
    const byKey = newest.find(({ deployment }) => deployment.serviceKey === name);
    if (byKey) return { ...byKey, processId: byKey.descriptor.processId };
    const byProcess = newest.find(({ graph }) => graph.processes[name]);
    return byProcess ? { ...byProcess, processId: name } : null;
  }

  /** What starts instances of the current versions by something of this kind. */
  async starts(kind: 'message' | 'signal' | 'timer'): Promise<readonly DeployedStart[]> {
    return (await this.#current()).flatMap((deployed) =>
      Object.keys(deployed.graph.processes).flatMap((processId) =>
        instanceStartsOf(deployed.graph, processId).flatMap((start) =>
          start.event.kind === kind ? [{ ...deployed, processId, ...start }] : [],
        ),
      ),
    );
  }

  async #current(): Promise<readonly Omit<DeployedProcess, 'processId'>[]> {
    return Promise.all((await currentDeployments(this.#db)).map((deployment) => this.#of(deployment)));
  }

  async #of(deployment: Deployment): Promise<Omit<DeployedProcess, 'processId'>> {
    const graph = await this.#definitions.graph(deployment.graphHash);
    return { deployment, descriptor: serviceDescriptor.parse(deployment.descriptor), graph };
  }
}
