/** The official download of Temporal's command line: a gzipped tar with the program in it. Gives up soon where it cannot be reached. */
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const ANSWER_WITHIN_MS = 10_000;
const SILENT_MAX_MS = 15_000;

export async function downloadTemporal(options: {
  readonly version: string;
  /** Base address; a mirror may stand in. */
  readonly url: string;
  readonly file: string;
  readonly report: (detail: string) => void;
}): Promise<void> {
  const { version, url, file, report } = options;
  const address = `${url}/v${version}?platform=${process.platform}&arch=${process.arch === 'x64' ? 'amd64' : process.arch}`;
  report(`asking ${new URL(url).host} for version ${version}`);
  const archive = await download(address, report).catch((error: unknown) => {
    throw new Error(`Download: ${new URL(url).host} cannot be used (${reason(error)}).`);
  });
  const program = fileInTar(await promisify(gunzip)(archive), 'temporal');
  if (program === null) throw new Error(`Download: the archive of ${new URL(url).host} holds no program "temporal".`);
  await writeFile(file, program, { mode: 0o755 });
}

async function download(address: string, report: (detail: string) => void): Promise<Buffer> {
  const abort = new AbortController();
  const timeout = setTimeout(() => abort.abort(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)), ANSWER_WITHIN_MS);
  const response = await fetch(address, { signal: abort.signal }).finally(() => clearTimeout(timeout));
  if (!response.ok || response.body === null) throw new Error(`it answered ${response.status}`);
  const total = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const part = await Promise.race([reader.read(), sleep(SILENT_MAX_MS, 'silent' as const, { ref: false })]);
    if (part === 'silent') {
      abort.abort();
      throw new Error(`nothing came for ${SILENT_MAX_MS / 1000} s`);
    }
    if (part.done) return Buffer.concat(chunks);
    chunks.push(part.value);
    size += part.value.length;
    report(`downloading ${megabytes(size)}${total > 0 ? ` of ${megabytes(total)}` : ''} MB`);
  }
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

/** fetch hides what happened one level below. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

const BLOCK = 512;

/** The content of the first regular file of this name (POSIX ustar: name at 0, size in octal at 124, type at 156). */
function fileInTar(tar: Buffer, name: string): Buffer | null {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const field = (from: number, length: number) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(field(124, 12), 8) || 0;
    const isRegular = field(156, 1) === '0' || field(156, 1) === '';
    if (isRegular && field(0, 100).split('/').at(-1) === name) return tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return null;
}
