/** Failures carry no message or stack in clear: both are encoded, and so encrypted, like payloads. */
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
