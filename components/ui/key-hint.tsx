/** A key on the keyboard, shown beside what it does. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border bg-panel px-1 font-sans text-xs text-mute">
      {children}
    </kbd>
  );
}
