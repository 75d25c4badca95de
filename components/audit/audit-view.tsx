import { Download, ScrollText } from "lucide-react";
import { OlderLink } from "@/components/operations/older-link";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button-class";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { AuditLine } from "@/lib/audit/queries";
import { type AuditList, auditHref, isFiltered } from "@/lib/audit/search-params";
import { withBase } from "@/lib/base-path";
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
  const { notes, ...asked } = list;
  return (
    <>
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
      <div className="flex flex-wrap items-start justify-between gap-2 px-4 pb-3 sm:px-6">
        <AuditFilters path={path} list={asked} zone={zone} hasOperations={applicationId !== undefined} />
        {applicationId !== undefined && (
          <a
            href={withBase(auditHref(`${path}/export`, { ...asked, before: null }))}
            download
            className={buttonClass()}
          >
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
          title={isFiltered(asked) || asked.before ? "Nothing is like that" : "Nothing has happened yet"}
          actions={(isFiltered(asked) || asked.before) && <ButtonLink href={path}>Show everything</ButtonLink>}
        >
          What is done to codes, settings, API keys and members stands here, and who was refused what.
        </EmptyState>
      )}
      <OlderLink
        newest={asked.before ? auditHref(path, { ...asked, before: null }) : null}
        older={page.next ? auditHref(path, { ...asked, before: page.next }) : null}
      />
    </>
  );
}
