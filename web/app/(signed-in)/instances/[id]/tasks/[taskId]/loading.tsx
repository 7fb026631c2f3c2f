import { TaskSkeleton } from '#web/features/task/TaskSkeleton.tsx';

export default TaskSkeleton;
