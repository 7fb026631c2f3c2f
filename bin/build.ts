/** `npm run build`: the production build of the web, for machines that only run what was built. */
import { step } from './start/progress.ts';
import { buildWeb } from './start/web-build.ts';

await step(
  'Web',
  (report) => buildWeb({ report }),
  ({ isNew }) => (isNew ? 'Web built' : 'Web unchanged since its last build'),
);
