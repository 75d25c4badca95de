import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const lines = ["w-4/5", "w-2/3", "w-3/4", "w-3/5", "w-4/5"];

/** The frame of the list with a few grey lines, at the places where the rows will be. */
export default function LoadingReferrals() {
  return (
    <div aria-busy="true">
      <PageHeader title="Referrals" />
      <p role="status" className="sr-only">
        Loading referrals
      </p>
      <div className="mt-11 border-t bg-panel pt-9">
        {lines.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike.
          <div key={index} className="flex h-9.5 items-center border-b border-hairline px-4 sm:px-6">
            <Skeleton className={width} />
          </div>
        ))}
      </div>
    </div>
  );
}
