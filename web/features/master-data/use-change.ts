/** One change of master data: what it says when it has worked, and what is read again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { send } from '#web/lib/api.ts';
import { useErrorWords } from '#web/lib/use-words.ts';

export interface Change {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

export function useChange<Answer>(onDone: (answer: Answer) => void) {
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Change) => send<Answer>(method, path, body ?? (method === 'DELETE' ? undefined : {})),
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: ['masterData'] });
      onDone(answer);
    },
    onError: (error) => message.error(words(error)),
  });
}
