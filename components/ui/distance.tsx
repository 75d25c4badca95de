import { formatDistance } from "@/lib/format";

/** How far away the moment before it is. For pages made on the server, which say it as it was then. */
export function Distance({ instant, now }: { instant: Date; now: Date }) {
  return <span className="whitespace-nowrap text-mute">({formatDistance(instant, now)})</span>;
}
