/** The closed loop, our mark: one stroke that comes back to its beginning. `open` leaves the gap that an empty list shows. */
export function LoopFigure({ className, isOpen = false }: { readonly className?: string | undefined; readonly isOpen?: boolean }) {
  return (
    <svg viewBox="0 0 48 48" fill="none" className={className} aria-hidden="true">
      <circle cx="24" cy="24" r="17" stroke="currentColor" strokeWidth="5" strokeOpacity={isOpen ? 0.25 : 0.28} />
      <path
        d={isOpen ? 'M24 7a17 17 0 0 1 16 11.2' : 'M24 7a17 17 0 1 1-14.7 8.5'}
        stroke="currentColor"
        strokeWidth="5"
        strokeLinecap="round"
      />
      <circle cx="24" cy="24" r="5" fill="currentColor" fillOpacity={isOpen ? 0.25 : 1} />
    </svg>
  );
}
