import Link from "next/link";
import type { ReactNode } from "react";
import { ThemeToggle } from "@/components/shell/theme-toggle";
import { withBase } from "@/lib/base-path";

/** The frame of the documentation: what there is to read, at the left or on top, and the text. */
export function DocsFrame({ contents, children }: { contents?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-6xl min-w-0 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <nav
        aria-label="Documentation"
        className="flex flex-col gap-4 px-4 py-4 sm:px-6 lg:sticky lg:top-0 lg:max-h-dvh lg:overflow-y-auto lg:border-r"
      >
        <div className="flex items-center justify-between gap-2">
          <Link href="/" className="min-h-6 font-semibold">
            Referrals
          </Link>
          <span className="scripted">
            <ThemeToggle />
          </span>
        </div>
        <ul className="flex flex-col">
          <ContentsLink href="/docs">API</ContentsLink>
          <ContentsLink href="/docs/move-from-talon-one">Move from Talon.One</ContentsLink>
          <li>
            <a href={withBase("/openapi.json")} className="flex min-h-6 items-center text-mute hover:text-ink">
              OpenAPI description
            </a>
          </li>
        </ul>
        {contents}
      </nav>
      <main className="flex min-w-0 flex-col">{children}</main>
    </div>
  );
}

/** A line of the contents. */
export function ContentsLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <Link href={href} className="flex min-h-6 items-center text-mute hover:text-ink">
        {children}
      </Link>
    </li>
  );
}
