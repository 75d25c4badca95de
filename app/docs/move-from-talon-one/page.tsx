import type { Metadata } from "next";
import Link from "next/link";
import { CodeBlock } from "@/components/docs/code-block";
import { Differences } from "@/components/docs/differences";
import { DocsFrame } from "@/components/docs/docs-frame";
import { Prose } from "@/components/docs/prose";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { exportLine, importLine, integrationSteps, managementSteps } from "@/lib/api/move";
import { withBase } from "@/lib/base-path";
import { serverAddress } from "@/lib/server-address";

export const metadata: Metadata = { title: "Move from Talon.One" };
export const dynamic = "force-dynamic";

const [applicationId, campaignId] = ["1", "1"];

export default async function MovePage() {
  const server = await serverAddress();
  return (
    <DocsFrame>
      <PageHeader
        title="Move from Talon.One"
        description="Your program keeps its SDK and its calls; it gets another address and other keys. It takes about ten minutes."
      />
      <PageBody>
        <ol className="flex min-w-0 flex-col gap-8">
          <Step number={1} title="Make two keys">
            <Prose
              text={`In the menu of your application, open API keys and make an integration key for the shop, and a management key for the back office. Each is shown once. Put them where your programs find them, as \`REFERRALS_KEY\` and \`REFERRALS_MANAGEMENT_KEY\`.\n\nThe IDs of the application and the campaign stand in the address of the campaign's page: \`${withBase("/applications/1/campaigns/1")}\`. The lines below say 1 for both.`}
            />
          </Step>
          <Step number={2} title="Bring the codes">
            <Prose text={`Save the codes of a campaign at Talon.One as a file:`} />
            <CodeBlock title="curl" of="the codes from Talon.One" code={exportLine} />
            <Prose
              text={`Import the file as it is: columns that an import does not know are left out. In the dashboard (the campaign's Referrals, Import) every problem is shown before anything is stored; for programs there is one call:`}
            />
            <CodeBlock title="curl" of="the codes to here" code={importLine(server, applicationId, campaignId)} />
            <Prose
              text={`- Define the attributes that the file names first (Attributes in the menu of the application).\n- Redemptions do not come along. A \`limitval\` of 0 is unlimited here, too, and stays. Before the import, lower each other one by its row's \`counter\`, and leave out rows where nothing would be left.\n- Friends do not come along either: a code with a \`friendprofileintegrationid\` could be redeemed by anybody. Name its friend again afterwards (the call updateReferral, or Edit in the dashboard).\n- Who was referred at Talon.One can be referred here once more.`}
            />
          </Step>
          <Step number={3} title="Lead the shop here">
            <Prose
              text={`With \`talon_one\` 4.3.0 and 5.0.1-rc alike: three lines of the client's set-up change, the calls stay. The lines are a module (\`.mjs\`); a program that loads by \`require\` keeps doing so.`}
            />
            {integrationSteps(server, campaignId).map(({ title, code }) => (
              <CodeBlock key={title} title={title} of="the shop" code={code} />
            ))}
          </Step>
          <Step number={4} title="Lead the back office here">
            <Prose
              text={`Also for both: a management key is taken after \`Bearer\`, the only word that 4.3.0 knows, and after \`ManagementKey-v1\`.`}
            />
            {managementSteps(server, applicationId, campaignId).map(({ title, code }) => (
              <CodeBlock key={title} title={title} of="the back office" code={code} />
            ))}
            <p>
              Every call, with its fields and refusals, is described in <Link href="/docs">the API</Link>.
            </p>
          </Step>
        </ol>
        <Differences />
      </PageBody>
    </DocsFrame>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: React.ReactNode }) {
  return (
    <li className="flex min-w-0 flex-col gap-3">
      <h2 className="text-lg font-semibold">
        {number}. {title}
      </h2>
      {children}
    </li>
  );
}
