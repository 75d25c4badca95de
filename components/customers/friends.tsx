import Link from "next/link";
import { ButtonLink } from "@/components/ui/button-link";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import type { Friend } from "@/lib/customers/queries";
import type { Relations } from "@/lib/customers/relations";
import { formatNumber } from "@/lib/format";
import { shopPaths } from "@/lib/sessions/search-params";
import { CodeLink } from "./code-link";

/** The friends whom an advocate brought, also by codes that were deleted since. */
export function Friends({ applicationId, friends, zone }: { applicationId: number; friends: Friend[]; zone: string }) {
  return (
    <Table caption="Friends who came by their codes, newest first" className="border-t">
      <thead>
        <tr>
          <th scope="col">Friend</th>
          <th scope="col">Code</th>
          <th scope="col">Session</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {friends.map((friend) => (
          <tr key={friend.id}>
            <th scope="row" className="max-w-60 truncate font-normal" title={friend.friendIntegrationId}>
              <Link
                prefetch={false}
                href={shopPaths(applicationId).customer(friend.friendIntegrationId)}
                className="link"
              >
                {friend.friendIntegrationId}
              </Link>
            </th>
            <td>
              <CodeLink applicationId={applicationId} {...friend} />
            </td>
            <td className="mono max-w-60 truncate" title={friend.sessionIntegrationId}>
              {friend.sessionIntegrationId}
            </td>
            <td className="num">
              <Moment at={friend.created} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

type FriendPagesProps = { applicationId: number; id: string; page: number } & Pick<
  Relations,
  "friends" | "friendCount" | "friendsBefore"
>;

/** Which of the friends are shown, and the way to newer and older ones; nothing where all are. */
export function FriendPages({ applicationId, id, page, friends, friendCount, friendsBefore }: FriendPagesProps) {
  const last = friendsBefore + friends.length;
  if (page === 1 && last >= friendCount) return null;
  const path = (to: number) => shopPaths(applicationId).customer(id, to);
  return (
    <nav aria-label="Pages of friends" className="flex flex-wrap items-center gap-2">
      {page > 1 && <ButtonLink href={path(friends.length > 0 ? page - 1 : 1)}>Newer</ButtonLink>}
      {last < friendCount && friends.length > 0 && <ButtonLink href={path(page + 1)}>Older</ButtonLink>}
      <span className="num text-mute">
        {friends.length > 0
          ? `${formatNumber(friendsBefore + 1)} to ${formatNumber(last)} of ${formatNumber(friendCount)}`
          : `There are only ${formatNumber(friendCount)}.`}
      </span>
    </nav>
  );
}
