#!/usr/bin/env node
// The command line from a clone: TypeScript is run as it stands, without a build.
try {
  const { register } = await import('tsx/esm/api');
  register();
} catch {
  console.error('bihuan: the packages are not installed. Run "npm ci" in the clone first.');
  process.exit(1);
}
const { run } = await import('./bihuan.ts');
process.exitCode = await run(process.argv.slice(2));
