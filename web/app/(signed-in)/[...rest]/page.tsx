import { notFound } from 'next/navigation';

/** An unknown address is told inside the frame, so that nobody is lost. */
export default function Page() {
  notFound();
}
