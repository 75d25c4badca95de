import Link from "next/link";
import { dayText } from "@/components/forms/list-filters";
import { doingText, endedText, operationText } from "@/components/operations/operation-text";
import { UndoButton } from "@/components/operations/undo/undo-button";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { CampaignIds } from "@/lib/access/scope";
import { formatCount, formatNumber } from "@/lib/format";
import type { LogEntry, SinglesOfDay } from "@/lib/operations/log";
import type { OperationRow } from "@/lib/operations/rows";
import { isUndoable } from "@/lib/operations/rules";
import { type OperationFilter, operationListHref } from "@/lib/operations/search-params";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type Props = {
  scope: CampaignIds;
  entries: LogEntry[];
  filter: OperationFilter;
  paths: ReturnType<typeof referralPaths>;
  zone: string;
  /** Whether codes of the campaign can be changed. */
  canUndo: boolean;
};

/** The operations of a campaign: what, how many, about which batch, by whom, when, and whether it was undone. A phone has it in two lines. */
export function OperationsTable({ scope, entries, filter, paths, zone, canUndo }: Props) {
  return (
    <Table caption="Operations, newest first" flush className="max-sm:[&_.wide]:hidden">
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col" className="wide">
            Batch ID
          </th>
          <th scope="col" className="end wide">
            Changed
          </th>
          <th scope="col" className="end wide">
            Left alone
          </th>
          <th scope="col" className="wide">
            By
          </th>
          <th scope="col" className="wide">
            When
          </th>
          <th scope="col" className="acts">
            Undo
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ operation, singles }) =>
          operation ? (
            <Row key={operation.id} {...{ scope, operation, paths, zone, canUndo }} />
          ) : (
            <SinglesRow
              key={singles.day}
              singles={singles}
              href={operationListHref(paths.operations, { ...filter, singles: singles.day })}
              zone={zone}
            />
          ),
        )}
      </tbody>
    </Table>
  );
}

const linkClass = "link block w-max max-w-52 py-1 whitespace-normal [overflow-wrap:anywhere] sm:max-w-80";
const detailClass =
  "block w-max max-w-52 pb-1 text-sm whitespace-normal text-mute [overflow-wrap:anywhere] sm:max-w-80";

type RowProps = Omit<Props, "entries" | "filter"> & { operation: OperationRow };

function Row({ scope, operation, paths, zone, canUndo }: RowProps) {
  const { batchId, changed, refused, fileName, actor, running } = operation;
  return (
    <tr>
      <th scope="row" className="font-normal">
        <Link prefetch={false} href={paths.operation(operation.id)} className={linkClass}>
          {running ? doingText(operation) : operationText(operation)}
        </Link>
        {running && <Tag tone="accent">Running</Tag>}
        {operation.cancelled && <Tag tone="warn">{running ? "Stopping" : endedText(operation)}</Tag>}
        {fileName && <span className={detailClass}>{fileName}</span>}
        <span className={`num sm:hidden ${detailClass}`}>
          {formatNumber(changed)} changed{refused > 0 && `, ${formatNumber(refused)} left alone`}
          {batchId && <span className="mono block">{batchId}</span>}
          <span className="block">
            <Moment at={operation.applied} zone={zone} />, {actor}
          </span>
        </span>
      </th>
      <td className="wide mono">
        {batchId && (
          <Link prefetch={false} href={paths.batch(batchId)} className="hover:underline">
            {batchId}
          </Link>
        )}
      </td>
      <td className="end num wide">{formatNumber(changed)}</td>
      <td className="end num wide">{refused > 0 && formatNumber(refused)}</td>
      <td className="wide">{actor}</td>
      <td className="num wide">
        <Moment at={operation.applied} zone={zone} />
      </td>
      <td className="acts">
        {canUndo && isUndoable(operation) && (
          <UndoButton row scope={scope} operationId={operation.id} about={operationText(operation)} />
        )}
        {operation.undoneById && (
          <Link prefetch={false} href={paths.operation(operation.undoneById)}>
            <Tag>{`Undone by ${operation.undoneById}`}</Tag>
          </Link>
        )}
      </td>
    </tr>
  );
}

/** The codes that were made one at a time on one day; the link shows each of them. */
function SinglesRow({ singles, href, zone }: { singles: SinglesOfDay; href: string; zone: string }) {
  const { day, count, isMore, newest } = singles;
  const made = isMore ? `More than ${formatCount(count, "code")}` : formatCount(count, "code");
  return (
    <tr>
      <th scope="row" className="font-normal">
        <Link prefetch={false} href={href} className={linkClass}>
          {made} made one at a time, {dayText(day)}
        </Link>
        <span className={`num sm:hidden ${detailClass}`}>
          the last one <Moment at={newest} zone={zone} />
        </span>
      </th>
      <td className="wide" />
      <td className="end num wide">
        {formatNumber(count)}
        {isMore && "+"}
      </td>
      <td className="wide" />
      <td className="wide" />
      <td className="num wide">
        <Moment at={newest} zone={zone} />
      </td>
      <td className="acts">
        <Link prefetch={false} href={href} className="link">
          Show each
        </Link>
      </td>
    </tr>
  );
}
