import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { parseQuestionnaire, problemText } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { readContent } from '#db/contents.ts';
import type { Database } from '#db/database.ts';
import { type Deployment, deploymentOfGraph } from '#db/deployments.ts';

const CACHED_MAX = 500;

/** Deployed contents by hash. They never change, so what was read once is kept. */
export class Definitions {
  readonly #db: Database;
  readonly #graphs = new Map<string, ProcessGraph>();
  readonly #graphTexts = new Map<string, string>();
  readonly #forms = new Map<string, Questionnaire>();
  readonly #deployments = new Map<string, Deployment>();

  constructor(db: Database) {
    this.#db = db;
  }

  async graph(hash: string): Promise<ProcessGraph> {
    return remember(this.#graphs, hash, async () => JSON.parse(await this.graphText(hash)) as ProcessGraph);
  }

  /** The canonical JSON whose SHA-256 is the hash: what the payload codec puts back in place of the hash. */
  async graphText(hash: string): Promise<string> {
    return remember(this.#graphTexts, hash, () => this.#text(hash, 'graph'));
  }

  async form(hash: string): Promise<Questionnaire> {
    return remember(this.#forms, hash, async () => {
      const parsed = parseQuestionnaire(JSON.parse(await this.#text(hash, 'form')));
      if (!parsed.ok) throw new Error(`The form ${hash} was stored and no longer parses: ${problemText(parsed.problems)}`);
      return parsed.value;
    });
  }

  async deploymentOf(graphHash: string): Promise<Deployment> {
    return remember(this.#deployments, graphHash, async () => {
      const found = await deploymentOfGraph(this.#db, graphHash);
      if (!found) throw new Error(`No deployment has the graph ${graphHash}.`);
      return found;
    });
  }

  async #text(hash: string, kind: 'graph' | 'form'): Promise<string> {
    const text = await readContent(this.#db, hash, kind);
    if (text === null) throw new Error(`The ${kind} ${hash} is pinned but not stored.`);
    return text;
  }
}

async function remember<T>(cache: Map<string, T>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = await make();
  if (cache.size >= CACHED_MAX) cache.clear();
  cache.set(key, made);
  return made;
}
