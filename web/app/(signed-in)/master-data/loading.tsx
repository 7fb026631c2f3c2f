import { PageSkeleton } from '#web/ui/PageSkeleton.tsx';

export default PageSkeleton;
