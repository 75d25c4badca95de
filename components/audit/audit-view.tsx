import { Download, ScrollText } from "lucide-react";
import { OlderLink } from "@/components/operations/older-link";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button-class";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { AuditLine } from "@/lib/audit/queries";
import { type AuditList, auditHref } from "@/lib/audit/search-params";
import { withBase } from "@/lib/base-path";
import { isFiltered } from "@/lib/filters";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";

type AuditViewProps = {
  list: AuditList & { notes: string[] };
  page: { lines: AuditLine[]; next: string | null };
  path: string;
  zone: string;
  /** Of the application that it is about; undefined where it is about the server. */
  applicationId?: number;
};

/** The audit under its filters, a page of it, and its file. */
export function AuditView({ list, page, path, zone, applicationId }: AuditViewProps) {
  const { notes, before, ...filter } = list;
  const left = isFiltered(filter) || before !== null;
  return (
    <>
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
      <div className="flex flex-wrap items-start justify-between gap-2 px-4 pb-3 sm:px-6">
        <AuditFilters {...{ path, filter, zone }} hasOperations={applicationId !== undefined} />
        {applicationId !== undefined && (
          <a href={withBase(auditHref(`${path}/export`, filter))} download className={buttonClass()}>
            <Download aria-hidden="true" className="size-4 text-mute" />
            Download CSV
          </a>
        )}
      </div>
      {page.lines.length > 0 ? (
        <AuditTable lines={page.lines} zone={zone} applicationId={applicationId} now={new Date()} />
      ) : (
        <EmptyState
          icon={<ScrollText aria-hidden="true" />}
          title={left ? "Nothing is like that" : "Nothing has happened yet"}
          actions={left && <ButtonLink href={path}>Show everything</ButtonLink>}
        >
          What is done to codes, settings, API keys and members stands here, and who was refused what.
        </EmptyState>
      )}
      <OlderLink
        newest={before ? auditHref(path, filter) : null}
        older={page.next ? auditHref(path, { ...filter, before: page.next }) : null}
      />
    </>
  );
}
