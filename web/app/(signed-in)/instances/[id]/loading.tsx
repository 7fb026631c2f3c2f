import { InstanceSkeleton } from '#web/features/instance/InstanceSkeleton.tsx';

export default InstanceSkeleton;
