import { Tag } from "@/components/ui/tag";
import { examplesOf, sampleOf } from "@/lib/api/examples";
import { fieldRow, fieldRows } from "@/lib/api/field-rows";
import { bodyOf, keyKindOf, type Listed } from "@/lib/api/openapi-types";
import { CodeBlock } from "./code-block";
import { FieldsTable } from "./fields-table";
import { Prose } from "./prose";
import { ResponsesTable } from "./responses-table";
import { TryIt, type TryItProps } from "./try-it";

/** All there is to know of one operation. @param server its address in the examples */
export function OperationSection({ operation, server }: { operation: Listed; server: string }) {
  const { operationId, verb, path, summary, description, parameters, shared } = operation;
  const body = bodyOf(operation);
  const bodyRows = body ? fieldRows(body.schema) : [];
  const all = Object.entries(operation.responses);
  const answers = all.filter(([status]) => Number(status) < 300);
  const own = all.filter(([status]) => Number(status) >= 400 && !shared.includes(status));
  const [, answer] = answers.find(([, { content }]) => content) ?? [];
  const answerRows = Object.values(answer?.content ?? {}).flatMap(({ schema }) => fieldRows(schema));
  return (
    <article aria-labelledby={operationId} className="flex min-w-0 flex-col gap-3 border-t pt-5">
      <header className="flex min-w-0 flex-col gap-1">
        <h3 id={operationId} className="text-lg font-semibold">
          <a href={`#${operationId}`}>{summary}</a>
        </h3>
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1">
          <Tag tone={verb === "delete" ? "bad" : verb === "get" ? "good" : "accent"}>{verb.toUpperCase()}</Tag>
          <code className="mono min-w-0 [overflow-wrap:anywhere]">{path}</code>
          <span className="mono text-mute">{operationId}</span>
        </p>
      </header>
      <Prose text={description} />
      {parameters.length > 0 && (
        <Part title="Parameters">
          <FieldsTable caption={`Parameters of ${operationId}`} rows={parameters.map(rowOf)} />
        </Part>
      )}
      {body && (
        <Part title={`Body: ${body.type}`}>
          <FieldsTable caption={`Body of ${operationId}`} rows={bodyRows} />
        </Part>
      )}
      <Part title="Answers">
        <ResponsesTable caption={`Answers of ${operationId}`} responses={answers} />
        {answerRows.length > 0 && <FieldsTable caption={`Fields of the answer of ${operationId}`} rows={answerRows} />}
      </Part>
      <Part title="Refusals">
        {own.length > 0 && <ResponsesTable caption={`Refusals of ${operationId}`} responses={own} />}
        <p className="text-mute">
          <a href="#refusals">As everywhere</a>: {shared.join(", ")}
        </p>
      </Part>
      <Part title="Examples">
        {examplesOf(operation, server).map(({ title, code }) => (
          <CodeBlock key={title} title={title} of={operationId} code={code} />
        ))}
      </Part>
      <TryIt {...triedAs(operation)} />
    </article>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h4 className="font-medium">{title}</h4>
      {children}
    </section>
  );
}

const rowOf = ({ name, in: place, required, description = "", schema }: Listed["parameters"][number]) => ({
  ...fieldRow(name, schema, required),
  description: [`In the ${place}.`, description].join(" ").trim(),
});

/** What of an operation is needed to try it. */
function triedAs(operation: Listed): TryItProps {
  const { operationId, verb, path, parameters } = operation;
  const body = bodyOf(operation);
  const isJson = body?.type === "application/json";
  return {
    ...{ operationId, path, method: verb.toUpperCase(), kind: keyKindOf(operation) },
    parameters: parameters.map(({ name, in: place, required, schema }) => ({
      ...{ name, place, required },
      sample: required ? sampleOf(schema, name) : "",
    })),
    ...(isJson && { example: JSON.stringify(body.example ?? {}, null, 2) }),
    ...(body && !isJson && { upload: Object.keys(body.schema.properties ?? {})[0] ?? "file" }),
  };
}
