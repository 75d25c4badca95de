import type { ReactNode } from "react";

type EmptyStateProps = {
  title: string;
  /** Why it is empty and what to do about it. */
  children?: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
};

/** What stands where a list or a page has nothing to show. */
export function EmptyState({ title, children, actions, icon }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      {icon && <span className="mb-1 text-faint [&>svg]:size-6">{icon}</span>}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children && <div className="text-pretty text-mute">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
