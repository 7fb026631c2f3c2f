import { InboxLoading } from '#web/features/inbox/InboxLoading.tsx';

export default InboxLoading;
