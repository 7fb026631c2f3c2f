'use client';

import { useMemo } from 'react';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { diffForms } from '#core/form-edit/diff.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { FormDiffList } from './FormDiffList.tsx';

export interface VersionComparisonProps {
  readonly flow: string;
  readonly form: string;
  readonly before: number;
  readonly after: number;
}

/** What a form said in one version of its flow and says in another. */
export function VersionComparison({ flow, form, before, after }: VersionComparisonProps) {
  const old = useRead(reads.formText(flow, form, before), { staleTime: Number.POSITIVE_INFINITY });
  const now = useRead(reads.formText(flow, form, after), { staleTime: Number.POSITIVE_INFINITY });
  const compared = useMemo(() => {
    if (!old.data || !now.data) return null;
    // What is deployed was parsed by the server.
    const [was, is] = [old.data.questionnaire as Questionnaire, now.data.questionnaire as Questionnaire];
    return { before: was, after: is, diff: diffForms(was, is) };
  }, [old.data, now.data]);
  const error = old.error ?? now.error;
  if (error) return <ErrorState error={error} onRetry={() => Promise.all([old.refetch(), now.refetch()])} />;
  return compared ? <FormDiffList {...compared} /> : <Bone height="8em" />;
}
