/** Builds Temporal's command line from its public Go modules, pinned: where its download cannot be reached, a Go proxy often can. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const GO_VERSION_MIN = '1.25';
/** Since 1.21 Go fetches a newer toolchain by itself. */
const GO_VERSION_WITH_TOOLCHAINS = '1.21';

export async function buildTemporal(options: {
  readonly version: string;
  readonly file: string;
  readonly report: (detail: string) => void;
}): Promise<void> {
  const { version, file, report } = options;
  const go = await goVersion();
  if (go === null) throw new Error(`Build: Go is not installed (${GO_VERSION_MIN} or newer is needed).`);
  if (isOlder(go, GO_VERSION_WITH_TOOLCHAINS)) throw new Error(`Build: Go ${go} is too old, ${GO_VERSION_MIN} or newer is needed.`);
  // Beside its target, so that the finished program is moved and not copied.
  const folder = await mkdtemp(path.join(path.dirname(file), 'go-'));
  try {
    report(`building version ${version} with Go ${go}, about two minutes`);
    await install({ version, folder, toolchain: isOlder(go, GO_VERSION_MIN) ? 'auto' : undefined, report });
    await rename(path.join(folder, 'temporal'), file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const run = promisify(execFile);

async function goVersion(): Promise<string | null> {
  const { stdout } = await run('go', ['version'], { timeout: 10_000 }).catch(() => ({ stdout: '' }));
  return /go(\d+\.\d+)/.exec(stdout)?.[1] ?? null;
}

const isOlder = (version: string, than: string) => version.localeCompare(than, 'en', { numeric: true }) < 0;

function install(options: {
  readonly version: string;
  readonly folder: string;
  readonly toolchain: string | undefined;
  readonly report: (detail: string) => void;
}): Promise<void> {
  const { version, folder, toolchain, report } = options;
  return new Promise((resolve, reject) => {
    const go = spawn('go', ['install', '-v', '-ldflags', '-s -w', `github.com/temporalio/cli/cmd/temporal@v${version}`], {
      env: { ...process.env, GOBIN: folder, ...(toolchain === undefined ? {} : { GOTOOLCHAIN: toolchain }) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Asked to stop meanwhile: it must not go on without us.
    const end = () => go.kill();
    process.once('exit', end);
    // -v names each package as it is downloaded or compiled: the only measure of progress there is.
    let count = 0;
    const lastLines: string[] = [];
    createInterface({ input: go.stderr }).on('line', (line) => {
      count++;
      lastLines.push(line);
      if (lastLines.length > 6) lastLines.shift();
      const doing = line.startsWith('go: downloading') ? 'downloading modules' : 'compiling';
      report(`building version ${version}, about two minutes: ${doing}, ${count} packages`);
    });
    go.once('error', reject);
    go.once('exit', (code) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else reject(new Error(`Build: go install failed. Its last words:\n    ${lastLines.join('\n    ')}`));
    });
  });
}
