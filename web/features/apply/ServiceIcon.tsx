import {
  AppstoreOutlined,
  CarOutlined,
  ExperimentOutlined,
  FileTextOutlined,
  MedicineBoxOutlined,
  SwapOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

const ICONS: Readonly<Record<string, ReactNode>> = {
  team: <TeamOutlined aria-hidden />,
  consult: <TeamOutlined aria-hidden />,
  lab: <ExperimentOutlined aria-hidden />,
  transfer: <SwapOutlined aria-hidden />,
  medicine: <MedicineBoxOutlined aria-hidden />,
  delivery: <CarOutlined aria-hidden />,
  report: <FileTextOutlined aria-hidden />,
};

/** A flow names its icon; one that is not known here gets the general one. */
export const ServiceIcon = ({ icon, className }: { readonly icon: string; readonly className?: string | undefined }) => (
  <span className={className}>{ICONS[icon] ?? <AppstoreOutlined aria-hidden />}</span>
);
