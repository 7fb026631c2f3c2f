/** `npm run conformance -- dmn FOLDER [--all]`: how much of a published kit passes, by folder; `--all` tells every failure. */
import path from 'node:path';
import process from 'node:process';
import { runKit } from './dmn.ts';

const [kind, folder, ...options] = process.argv.slice(2);
if (kind !== 'dmn' || folder === undefined) {
  console.error(
    'npm run conformance -- dmn FOLDER [--all]\n\nFOLDER is TestCases of a checkout of github.com/dmn-tck/tck, or a folder in it.',
  );
  process.exit(2);
}

const results = await runKit(path.resolve(folder));
const levels = new Map<string, { passed: number; failed: number; folders: number; complete: number }>();
for (const { folder: name, passed, failed } of results) {
  console.log(`${name}: ${passed}/${passed + failed.length}`);
  for (const line of options.includes('--all') ? failed : failed.slice(0, 3)) console.log(`  ${line}`);
  const level = name.split(path.sep)[0] ?? name;
  const sum = levels.get(level) ?? { passed: 0, failed: 0, folders: 0, complete: 0 };
  levels.set(level, {
    passed: sum.passed + passed,
    failed: sum.failed + failed.length,
    folders: sum.folders + 1,
    complete: sum.complete + (failed.length === 0 ? 1 : 0),
  });
}
if (results.length === 0) console.error(`There is no model in ${folder}.`);
console.log('');
for (const [level, { passed, failed, folders, complete }] of levels) {
  const share = ((passed / Math.max(1, passed + failed)) * 100).toFixed(2);
  console.log(`${level}: ${passed}/${passed + failed} (${share} %), ${complete}/${folders} folders complete`);
}
process.exit(results.length === 0 || results.some(({ failed }) => failed.length > 0) ? 1 : 0);
