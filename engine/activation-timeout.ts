/**
 * How long a workflow may compute without giving way. The SDK ends it after five seconds of the wall clock, which a busy machine takes by itself; and what is
 * ended in the middle takes the whole worker with it: Node loses count of its asynchronous calls ("async hook stack has become corrupted") and aborts.
 * The SDK takes this option and does not name it in its type.
 */
export const ACTIVATION_TIMEOUT = { isolateExecutionTimeout: '2 minutes' } as const;
