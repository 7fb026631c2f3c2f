/** `bihuan deploy`: a flow's folder becomes a version on a server, over the API as any client could. */
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { DeployedView } from '#api/views/definitions.ts';
import type { Finding } from '#core/bpmn/finding.ts';
import { type Answer, ApiClient, ApiError } from '../api-client.ts';
import { readFlowFolder } from '../flow-folder.ts';
import type { CliCommand } from './command.ts';

const DEFAULT_URL = 'http://127.0.0.1:3000';
/** A server checks and stores hundreds of forms in seconds. */
const TIMEOUT_MS = 120_000;

export const deploy: CliCommand = {
  help: `bihuan deploy DIR [--url URL] [--publish | --draft] [--note TEXT]

Deploys the flow in DIR (flow.json, one .bpmn, *.dmn, forms/*.json, value-sets/*.json) as one set to the server at URL (or BIHUAN_URL; ${DEFAULT_URL}).
Without --publish the version is a draft. The same set again makes no new version. With --publish new instances start with it, unless the
checker finds an error, and then nothing changes.
Signs in as BIHUAN_USER with BIHUAN_PASSWORD, or asks for them.
Prints lines of JSON: {"type":"finding", …} for each finding, then {"type":"deployed", key, version, state, isCurrent, isNew} or
{"type":"refused", code}.
Exit code: 0 deployed, 1 refused.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { url: { type: 'string' }, publish: { type: 'boolean' }, draft: { type: 'boolean' }, note: { type: 'string' } },
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1 || (values.publish && values.draft)) {
      console.error(`bihuan deploy: name one folder, and either --publish or --draft.\n\n${deploy.help}`);
      return 1;
    }
    const set = await readFlowFolder(folder);
    const client = new ApiClient(values.url ?? process.env.BIHUAN_URL ?? DEFAULT_URL);
    try {
      await client.signIn(await userName(), await password());
      const note = values.note === undefined ? {} : { note: values.note };
      const answer = await client.request<DeployedView>('POST', '/api/definitions', {
        body: { ...set, publish: values.publish ?? false, ...note },
        timeoutMs: TIMEOUT_MS,
      });
      return tell(answer);
    } catch (error) {
      const reason = error instanceof ApiError ? codeOf(error.answer) : unreachable(error);
      if (reason === null) throw error;
      console.log(JSON.stringify({ type: 'refused', code: reason }));
      return 1;
    }
  },
};

function tell({ status, body }: Answer<DeployedView>): number {
  const isDeployed = status === 200;
  const findings = isDeployed ? body.findings : findingsOf(body);
  for (const finding of findings) console.log(JSON.stringify({ type: 'finding', ...finding }));
  const { findings: _, ...deployed } = body;
  console.log(JSON.stringify(isDeployed ? { type: 'deployed', ...deployed } : { type: 'refused', code: codeOf({ status, body }) }));
  return isDeployed ? 0 : 1;
}

/** What an answer that is no success says; the server builds it as an `ErrorView`. */
interface Refused {
  readonly code?: string;
  readonly data?: { readonly findings?: readonly Finding[] };
}

const findingsOf = (body: unknown): readonly Finding[] => (body as Refused | null)?.data?.findings ?? [];

const codeOf = ({ status, body }: Pick<Answer, 'status' | 'body'>): string =>
  (body as Refused | null)?.code ?? (status === 401 ? 'signed-out' : `http-${status}`);

/** `fetch` throws a TypeError when nobody answers. */
const unreachable = (error: unknown): string | null =>
  error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError') ? 'unreachable' : null;

const userName = async (): Promise<string> => process.env.BIHUAN_USER ?? (await ask('User: '));
const password = async (): Promise<string> => process.env.BIHUAN_PASSWORD ?? (await ask('Password: ', { isHidden: true }));

/** Questions go to standard error: standard output is for lines of JSON. */
function ask(question: string, { isHidden = false } = {}): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: isHidden ? silent : process.stderr, terminal: process.stdin.isTTY });
  return new Promise((resolve) => {
    reader.once('line', (line) => {
      reader.close();
      if (isHidden) process.stderr.write('\n');
      resolve(line);
    });
    reader.once('close', () => resolve(''));
  });
}
