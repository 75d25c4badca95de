/** A turning ring, for buttons and busy marks; says nothing by itself to a screen reader. */
export function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="inline-block size-3.5 shrink-0 animate-spin rounded-full border-[1.5px] border-current border-r-transparent"
    />
  );
}
