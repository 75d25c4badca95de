import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** Beside the title, quiet: "12,345 codes". */
  count?: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  /** The page above this one. */
  back?: { href: string; label: string };
};

/** The head of a page: its h1, what it counts and what can be done. */
export function PageHeader({ title, count, description, actions, back }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-1 px-4 pt-4 pb-3 sm:px-6">
      {back && (
        <Link
          href={back.href}
          className="-ml-1 inline-flex min-h-6 w-fit items-center gap-0.5 rounded-sm pr-1 text-sm text-mute hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" className="size-4 shrink-0" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{back.label}</span>
        </Link>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight text-balance [overflow-wrap:anywhere]">{title}</h1>
        {count != null && count !== false && <span className="num text-mute">{count}</span>}
        {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {description && <p className="max-w-2xl text-pretty text-mute">{description}</p>}
    </header>
  );
}
