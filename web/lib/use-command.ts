'use client';

import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { CommandAnswer } from '#api/views.ts';
import { ANSWER_WITHIN_MS, type ApiError, isTemporary, send } from './api.ts';

export interface Command {
  readonly path: string;
  readonly method?: 'POST' | 'PUT';
  readonly body?: Readonly<Record<string, unknown>>;
}

type OnDone = (answer: CommandAnswer) => void;

/** A command under the id with which it was tried. */
export interface Attempt {
  readonly command: Command;
  readonly commandId: string;
}

interface Sending {
  readonly command: Command;
  readonly onDone: OnDone | undefined;
}

/**
 * Sends one command. The id is made once for what the person wants and kept until the answer is known, so that a second click or a
 * retry after a lost connection has one effect (P4). What follows from an answer follows also when its news came first and took away
 * the component that asked. `send` says whether it was done, once what it changed was read again; a refusal went to `onRefused`.
 * Commands of one `key` can be asked after with `useIsSending`.
 */
export function useCommand(
  options: {
    readonly key?: readonly string[];
    readonly onDone?: OnDone;
    readonly onRefused?: (error: ApiError, attempt: Attempt) => void;
  } = {},
): { readonly isPending: boolean; readonly send: (command: Command, onDone?: OnDone) => Promise<boolean> } {
  const client = useQueryClient();
  const pending = useRef<{ readonly intent: string; readonly commandId: string } | null>(null);

  const { isPending, mutateAsync } = useMutation<CommandAnswer, ApiError, Sending>({
    mutationKey: options.key,
    mutationFn: ({ command: { path, method = 'POST', body = {} } }) => {
      const intent = `${method} ${path} ${JSON.stringify(body)}`;
      if (pending.current?.intent !== intent) pending.current = { intent, commandId: crypto.randomUUID() };
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      return send<CommandAnswer>(method, path, { commandId: pending.current.commandId, ...body }, { signal });
    },
    // Without a connection it fails at once, and whoever asked is told, instead of waiting in silence.
    networkMode: 'always',
    retry: (failures, error) => failures < 2 && isTemporary(error) && error.status !== 429,
    retryDelay: (failures) => 400 * 2 ** failures,
    onSuccess: async (answer, { onDone }) => {
      pending.current = null;
      options.onDone?.(answer);
      onDone?.(answer);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['inbox'] }),
        client.invalidateQueries({ queryKey: ['instance', answer.instanceId] }),
      ]);
    },
    onError: (error, { command }) => {
      const commandId = pending.current?.commandId ?? '';
      // A refusal is final for this id; after a failure of the world the same id is sent again.
      if (!isTemporary(error)) pending.current = null;
      options.onRefused?.(error, { command, commandId });
    },
  });
  return {
    isPending,
    send: (command, onDone) =>
      mutateAsync({ command, onDone }).then(
        () => true,
        () => false,
      ),
  };
}

/** Is a command of this key on its way? */
export const useIsSending = (key: readonly string[]): boolean => useIsMutating({ mutationKey: key, exact: true }) > 0;

const instance = (id: string): string => `/api/instances/${encodeURIComponent(id)}`;
const task = (instanceId: string, taskId: string): string => `${instance(instanceId)}/tasks/${encodeURIComponent(taskId)}`;

type Body = Readonly<Record<string, unknown>>;

/** The addresses of the commands, so that no component writes one. */
export const commands = {
  start: (body: Body): Command => ({ path: '/api/instances', body }),
  claim: (instanceId: string, taskId: string): Command => ({ path: `${task(instanceId, taskId)}/claim` }),
  release: (instanceId: string, taskId: string): Command => ({ path: `${task(instanceId, taskId)}/release` }),
  urge: (instanceId: string, taskId: string): Command => ({ path: `${task(instanceId, taskId)}/urge` }),
  assign: (instanceId: string, taskId: string, body: Body): Command => ({ path: `${task(instanceId, taskId)}/assign`, body }),
  complete: (instanceId: string, taskId: string, body: Body): Command => ({ path: `${task(instanceId, taskId)}/complete`, body }),
  returnTask: (instanceId: string, taskId: string, body: Body): Command => ({ path: `${task(instanceId, taskId)}/return`, body }),
  planReturn: (instanceId: string, taskId: string): string => `${task(instanceId, taskId)}/return/plan`,
  action: (instanceId: string, code: string, body: Body): Command => ({
    path: `${instance(instanceId)}/actions/${encodeURIComponent(code)}`,
    body,
  }),
  comment: (instanceId: string, body: Body): Command => ({ path: `${instance(instanceId)}/comments`, body }),
  copy: (instanceId: string, body: Body): Command => ({ path: `${instance(instanceId)}/cc`, body }),
  resolve: (instanceId: string, body: Body): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/resolve`,
    body,
  }),
  retryIncident: (instanceId: string, incidentId: string): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/incidents/${encodeURIComponent(incidentId)}/retry`,
  }),
  suspend: (instanceId: string, body: Body): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/suspend`,
    body,
  }),
  modify: (instanceId: string, body: Body): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/modify`,
    body,
  }),
  planModification: (instanceId: string): string => `/api/operations/instances/${encodeURIComponent(instanceId)}/modify/plan`,
  resume: (instanceId: string, body: Body): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/resume`,
    body,
  }),
  placeLegalHold: (instanceId: string, body: Body): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/legal-hold`,
    body,
  }),
  liftLegalHold: (instanceId: string, body: Body): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/legal-hold/lift`,
    body,
  }),
  cancelInstance: (instanceId: string, body: Body): Command => ({
    path: `/api/operations/instances/${encodeURIComponent(instanceId)}/cancel`,
    body,
  }),
} as const;
