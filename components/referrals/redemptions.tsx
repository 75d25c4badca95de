import { Table } from "@/components/ui/table";
import { formatCount, formatDateTime } from "@/lib/format";

type Props = {
  redemptions: { id: string; friendIntegrationId: string; sessionIntegrationId: string; created: Date }[];
  counted: number;
  zone: string;
};

/** Who used a code, newest first. */
export function Redemptions({ redemptions, counted, zone }: Props) {
  if (redemptions.length === 0) return null;
  return (
    <section aria-labelledby="redemptions" className="flex max-w-3xl flex-col gap-2">
      <h2 id="redemptions" className="text-lg font-semibold">
        Redemptions
      </h2>
      <Table caption="Redemptions, newest first" className="border-t">
        <thead>
          <tr>
            <th scope="col">Friend&rsquo;s Integration ID</th>
            <th scope="col">Session</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {redemptions.map((redemption) => (
            <tr key={redemption.id}>
              <th scope="row" className="font-normal">
                {redemption.friendIntegrationId}
              </th>
              <td className="mono">{redemption.sessionIntegrationId}</td>
              <td className="num">
                <time dateTime={redemption.created.toISOString()}>{formatDateTime(redemption.created, zone)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {counted > redemptions.length && (
        <p className="text-mute">
          The latest {redemptions.length} of {formatCount(counted, "redemption")}.
        </p>
      )}
    </section>
  );
}
