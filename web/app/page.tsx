import { redirect } from 'next/navigation';
import { paths } from '#web/paths.ts';

export default function Home() {
  redirect(paths.inbox());
}
