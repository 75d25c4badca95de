"use client";

import { CalendarDays, ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { latePart } from "@/components/ui/late-part";
import { Select } from "@/components/ui/select";
import { usePopup } from "@/components/ui/use-popup";
import { type PageSize, pageSizes } from "@/lib/referrals/list/search-params";

const CalendarPopup = latePart("The calendar", () => import("@/components/ui/calendar-popup"));

/** Where each step leads; null where there is nothing that way. */
export interface PageLinks {
  first: string | null;
  previous: string | null;
  next: string | null;
  last: string | null;
}

type PagerProps = {
  links: PageLinks;
  size: PageSize;
  /** Which rows of how many these are. */
  position: ReactNode;
  /** The date that the rows are ordered by; null where that is no date. */
  day: { name: string; timeZone: string } | null;
  onDay: (day: string) => void;
  onPage: (href: string) => void;
  onSize: (size: PageSize) => void;
};

/** The foot of the list: where one is, how many rows a page has, and the steps between pages. */
export function Pager({ links, size, position, day, onDay, onPage, onSize }: PagerProps) {
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-panel px-4 py-2 text-mute sm:px-6"
    >
      <p role="status" className="num min-w-36">
        {position}
      </p>
      {day && <GoToDay day={day} onDay={onDay} />}
      <div className="ml-auto flex items-center gap-2">
        <span aria-hidden="true">Rows</span>
        <Select
          aria-label="Rows per page"
          className="w-20"
          value={String(size)}
          onChange={(event) => onSize(Number(event.target.value) as PageSize)}
          options={pageSizes.map((value) => ({ value: String(value), label: String(value) }))}
        />
      </div>
      <div className="flex gap-1.5">
        <Step
          onPage={onPage}
          href={links.first}
          label="First"
          icon={<ChevronFirst aria-hidden="true" className="size-4" />}
        />
        <Step
          onPage={onPage}
          href={links.previous}
          label="Previous"
          icon={<ChevronLeft aria-hidden="true" className="size-4" />}
        />
        <Step
          onPage={onPage}
          href={links.next}
          label="Next"
          soon
          icon={<ChevronRight aria-hidden="true" className="size-4" />}
          end
        />
        <Step
          onPage={onPage}
          href={links.last}
          label="Last"
          icon={<ChevronLast aria-hidden="true" className="size-4" />}
          end
        />
      </div>
    </nav>
  );
}

function GoToDay({ day, onDay }: { day: { name: string; timeZone: string }; onDay: (day: string) => void }) {
  const { anchor, open, wanted, hide, toggle } = usePopup();
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        className={buttonClass("quiet", "px-2")}
        onClick={toggle}
        onPointerEnter={CalendarPopup.fetch}
        onFocus={CalendarPopup.fetch}
      >
        <CalendarDays aria-hidden="true" className="size-4" />
        Go to date
      </button>
      {wanted && (
        <CalendarPopup
          anchor={anchor}
          open={open}
          onClose={hide}
          zone={day.timeZone}
          title={`Choose a day: ${day.name}, in ${day.timeZone}`}
          text=""
          onChoose={(chosen) => {
            hide();
            onDay(chosen);
          }}
        />
      )}
    </>
  );
}

type StepProps = {
  href: string | null;
  label: string;
  icon: ReactNode;
  end?: boolean;
  /** Fetched once the page that is shown has nothing more to do. */
  soon?: boolean;
  onPage: (href: string) => void;
};

/** A link that is fetched when one is about to take it, and stays in place, dead, where it leads nowhere. */
function Step({ href, label, icon, end, soon, onPage }: StepProps) {
  const [near, setNear] = useState(false);
  const idle = useIdle(soon ? href : null);
  const text = <span className="max-sm:sr-only">{label}</span>;
  return (
    <Link
      href={href ?? ""}
      aria-disabled={href === null || undefined}
      prefetch={(near || idle) && href !== null}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      onNavigate={(event) => {
        event.preventDefault();
        if (href !== null) onPage(href);
      }}
      className={buttonClass("plain")}
    >
      {end ? null : icon}
      {text}
      {end ? icon : null}
    </Link>
  );
}

/** Whether the browser had a pause since `href` came up, so that fetching it delays nothing that is shown. */
function useIdle(href: string | null): boolean {
  const [idleFor, setIdleFor] = useState<string | null>(null);
  useEffect(() => {
    if (href === null) return;
    const timer = setTimeout(() => setIdleFor(href), 300);
    return () => clearTimeout(timer);
  }, [href]);
  return href !== null && idleFor === href;
}
