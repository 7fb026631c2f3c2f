import { ErrorState } from './ErrorState.tsx';
import { Page } from './Page.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';

interface UnreadPageProps {
  /** Null while it is being read. */
  readonly error: Error | null;
  readonly onRetry: () => void;
}

/** In the place of a page that is not read: its outline while that lasts, else what went wrong. */
export const UnreadPage = ({ error, onRetry }: UnreadPageProps) =>
  error ? (
    <Page>
      <ErrorState error={error} onRetry={onRetry} />
    </Page>
  ) : (
    <PageSkeleton />
  );
