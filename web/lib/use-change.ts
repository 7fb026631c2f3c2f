/** One change by a form of a page: what it says when it has worked, and what is read again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { send } from './api.ts';
import { useErrorWords } from './use-words.ts';

export interface Change {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/** `key`: of the reads that it changes. */
export function useChangeOf<Answer>(key: readonly string[], onDone: (answer: Answer) => void) {
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Change) => send<Answer>(method, path, body ?? (method === 'DELETE' ? undefined : {})),
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: key });
      onDone(answer);
    },
    onError: (error) => {
      // Not given back: it is over only when the message has gone, and until then nothing could be sent again.
      message.error(words(error));
    },
  });
}
