import Link from "next/link";
import { doingText, endedText, operationText } from "@/components/operations/operation-text";
import { UndoButton } from "@/components/operations/undo/undo-button";
import { Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { CampaignIds } from "@/lib/access/scope";
import { formatDateTime, formatNumber } from "@/lib/format";
import type { OperationRow } from "@/lib/operations/queries";
import { isUndoable } from "@/lib/operations/rules";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type Props = {
  scope: CampaignIds;
  operations: OperationRow[];
  paths: ReturnType<typeof referralPaths>;
  zone: string;
  /** Whether codes of the campaign can be changed. */
  canUndo: boolean;
};

/** The operations of a campaign: what, how many, about which batch, by whom, when, and whether it was undone. */
export function OperationsTable({ scope, operations, paths, zone, canUndo }: Props) {
  return (
    <Table
      caption="Operations, newest first"
      className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6"
    >
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">Batch ID</th>
          <th scope="col" className="end">
            Changed
          </th>
          <th scope="col" className="end">
            Left alone
          </th>
          <th scope="col">By</th>
          <th scope="col">When</th>
          <th scope="col">Undo</th>
        </tr>
      </thead>
      <tbody>
        {operations.map((operation) => (
          <tr key={operation.id}>
            <th scope="row" className="font-normal">
              <Link
                prefetch={false}
                href={paths.operation(operation.id)}
                className="link block w-max max-w-80 whitespace-normal [overflow-wrap:anywhere]"
              >
                {operation.running ? doingText(operation) : operationText(operation)}
              </Link>
              {operation.running && <Tag tone="accent">Running</Tag>}
              {operation.cancelled && <Tag tone="warn">{operation.running ? "Stopping" : endedText(operation)}</Tag>}
              {operation.fileName && (
                <span className="block w-max max-w-80 whitespace-normal text-sm text-mute [overflow-wrap:anywhere]">
                  {operation.fileName}
                </span>
              )}
            </th>
            <td className="mono">
              {operation.batchId && (
                <Link prefetch={false} href={paths.batch(operation.batchId)} className="hover:underline">
                  {operation.batchId}
                </Link>
              )}
            </td>
            <td className="end num">{formatNumber(operation.changed)}</td>
            <td className="end num">{operation.refused > 0 && formatNumber(operation.refused)}</td>
            <td>{operation.actor}</td>
            <td className="num">
              <time dateTime={operation.applied.toISOString()}>{formatDateTime(operation.applied, zone)}</time>
            </td>
            <td>
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
        ))}
      </tbody>
    </Table>
  );
}
