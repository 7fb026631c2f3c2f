/** The worker of the floor, in a process of its own as ours is. */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';

const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace = 'default' } = process.env;
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  namespace,
  taskQueue: 'bench-floor',
  workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
});
await worker.run();
