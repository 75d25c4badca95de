import Link from "next/link";
import { Table } from "@/components/ui/table";
import type { Application } from "@/lib/applications/queries";
import { sayAny } from "@/lib/say";
import { zoneProblem } from "@/lib/zone";
import { zoneSentences } from "@/lib/zone-reasons";

type ApplicationTableProps = {
  applications: Application[];
  /** Whether whoever looks may change the settings of one. */
  canChange: (applicationId: number) => boolean;
};

/** The applications; each name leads to its campaigns. */
export function ApplicationTable({ applications, canChange }: ApplicationTableProps) {
  return (
    <Table caption="Applications" className="rounded-md border">
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">Time zone</th>
          <th scope="col">Case of codes</th>
        </tr>
      </thead>
      <tbody>
        {applications.map(({ id, name, timeZone, caseRule }) => (
          <tr key={id}>
            <th scope="row">
              <Link
                href={`/applications/${id}/campaigns`}
                className="block w-max max-w-44 py-1 whitespace-normal underline-offset-2 [overflow-wrap:anywhere] hover:underline sm:max-w-80"
              >
                {name}
              </Link>
            </th>
            <td className="text-mute">
              {timeZone}{" "}
              {canChange(id) && (
                <Link
                  href={`/applications/${id}/time-zone`}
                  aria-label={`Change the time zone of ${name}`}
                  className="link"
                >
                  Change
                </Link>
              )}
              <ZoneProblem name={timeZone} />
            </td>
            <td className="text-mute">{caseRuleNames[caseRule]}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const caseRuleNames: Record<Application["caseRule"], string> = {
  "insensitive-uppercase": "Upper case",
  "insensitive-lowercase": "Lower case",
  sensitive: "Matters",
};

function ZoneProblem({ name }: { name: string }) {
  const problem = sayAny(zoneSentences, zoneProblem(name));
  return problem && <span className="block text-bad">{problem}</span>;
}
