/** Goes to a field: opens what hides it, scrolls it to the middle and puts the focus into its first control. */
export function focusField(elementId: string): void {
  const target = document.getElementById(elementId) ?? document.getElementById(`${elementId}-field`);
  if (!target) return;
  for (let folded = target.closest('details:not([open])'); folded; folded = folded.parentElement?.closest('details:not([open])') ?? null) {
    folded.setAttribute('open', '');
  }
  const focusable = target.matches(FOCUSABLE) ? target : target.querySelector<HTMLElement>(FOCUSABLE);
  // The lines of a matrix are laid out by what stands around them and have no box of their own.
  const seen = target.getClientRects().length > 0 ? target : focusable;
  seen?.scrollIntoView({ block: 'center' });
  if (focusable instanceof HTMLElement) focusable.focus({ preventScroll: true });
}

const FOCUSABLE = 'input:not([type=hidden]):not([disabled]), textarea, select, button:not([disabled]), [tabindex]:not([tabindex="-1"])';
