import type { Metadata } from "next";
import { ContentsLink, DocsFrame } from "@/components/docs/docs-frame";
import { FieldsTable } from "@/components/docs/fields-table";
import { OperationSection } from "@/components/docs/operation-section";
import { Prose } from "@/components/docs/prose";
import { ResponsesTable } from "@/components/docs/responses-table";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { keyVariable } from "@/lib/api/examples";
import { fieldRows } from "@/lib/api/field-rows";
import { openApi } from "@/lib/api/openapi";
import { operationsOf } from "@/lib/api/openapi-types";
import { serverAddress } from "@/lib/server-address";

export const metadata: Metadata = { title: "API" };
export const dynamic = "force-dynamic";

export default async function DocsPage() {
  const description = openApi();
  const server = await serverAddress();
  const operations = operationsOf(description);
  const tags = description.tags.map(({ name }) => ({
    name,
    operations: operations.filter((one) => one.tags[0] === name),
  }));
  const shared = operations.flatMap((one) =>
    Object.entries(one.responses).filter(([status]) => one.shared.includes(status)),
  );
  const refusals = Object.entries(Object.fromEntries(shared));
  const models = Object.entries(description.components.schemas);
  return (
    <DocsFrame
      contents={
        <>
          {tags.map((tag) => (
            <section key={tag.name} className="flex flex-col">
              <h2 className="font-medium">{tag.name}</h2>
              <ul className="flex flex-col">
                {tag.operations.map(({ operationId, summary }) => (
                  <ContentsLink key={operationId} href={`#${operationId}`}>
                    {summary}
                  </ContentsLink>
                ))}
              </ul>
            </section>
          ))}
          <ul>
            <ContentsLink href="#models">Models</ContentsLink>
          </ul>
        </>
      }
    >
      <PageHeader title="API" count={`${operations.length} operations`} />
      <PageBody>
        <Prose text={description.info.description} />
        <section className="flex min-w-0 flex-col gap-2">
          <h2 className="text-lg font-semibold">Keys</h2>
          <Prose
            text={Object.values(description.components.securitySchemes)
              .map((one) => `- ${one.description}`)
              .concat(
                `- Examples read it from the environment, as \`${keyVariable}\`; those in JavaScript are modules (\`.mjs\`).`,
              )
              .join("\n")}
          />
        </section>
        <section className="flex min-w-0 flex-col gap-2">
          <h2 id="refusals" className="text-lg font-semibold">
            Refusals
          </h2>
          <ResponsesTable caption="Refusals of every operation" responses={refusals} />
        </section>
        {tags.map((tag) => (
          <section key={tag.name} className="flex min-w-0 flex-col gap-6">
            <h2 className="text-xl font-semibold">{tag.name}</h2>
            {tag.operations.map((operation) => (
              <OperationSection key={operation.operationId} operation={operation} server={server} />
            ))}
          </section>
        ))}
        <section className="flex min-w-0 flex-col gap-6">
          <h2 id="models" className="text-xl font-semibold">
            Models
          </h2>
          {models.map(([name, schema]) => (
            <section key={name} className="flex min-w-0 flex-col gap-2">
              <h3 id={`model-${name}`} className="font-medium">
                {name}
              </h3>
              <FieldsTable caption={`Fields of ${name}`} rows={fieldRows(schema)} />
            </section>
          ))}
        </section>
      </PageBody>
    </DocsFrame>
  );
}
