"use client";

import { useMemo } from "react";
import { AttributeFields } from "@/components/referrals/attribute-fields";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { FormBar } from "@/components/ui/form-bar";
import { FormErrors } from "@/components/ui/form-errors";
import { FormSection } from "@/components/ui/form-section";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { charactersProblem, codeSpace, patternProblem } from "@/lib/codes/generator";
import type { CaseRule } from "@/lib/codes/rules";
import { creationSentences } from "@/lib/creations/reasons";
import { roomProblem } from "@/lib/creations/rules";
import { formatCount } from "@/lib/format";
import { advocatesMax } from "@/lib/imports/schema";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { sayAny } from "@/lib/say";
import { AdvocateSection } from "./advocate-section";
import { CodeSection } from "./code-section";
import { LimitSection, ValiditySection } from "./terms-sections";
import { useAdvocateList } from "./use-advocate-list";
import { useCreateForm } from "./use-create-form";
import { useSpaceUse } from "./use-space-use";

type CreateFormProps = {
  campaign: { applicationId: number; id: number; codePattern: string; codeCharacters: string };
  zone: string;
  caseRule: CaseRule;
  attributes: AttributeDefinition[];
};

/** Makes codes for one advocate or many. Keeps what was typed whatever happens to the sending. */
export function CreateForm({ campaign, zone, caseRule, attributes }: CreateFormProps) {
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const paths = referralPaths(scope);
  const context = { scope, zone, caseRule, definitions: attributes };
  const state = useCreateForm(campaign, context, {
    upload: `${paths.create}/upload`,
    done: (operationId) => `${paths.create}?done=${operationId}`,
  });
  const { form, set, send, refusal, problems, pending, dirty } = state;
  useLeaveWarning(dirty);

  const { list, upToDate } = useAdvocateList(form.advocates, form.repeated);
  const count = form.who === "many" ? list.advocates.length : 1;
  const wanted = Math.min(count, advocatesMax);

  const [pattern, characters] = [form.pattern.trim(), form.characters.trim()];
  const drawn = form.who === "many" || form.codes === "generated";
  const space = useMemo(() => {
    if (patternProblem(pattern) || charactersProblem(characters, caseRule)) return null;
    return codeSpace(pattern, characters, caseRule);
  }, [pattern, characters, caseRule]);
  const query = space && drawn ? String(new URLSearchParams({ pattern, characters, wanted: String(wanted) })) : null;
  const spaceUse = useSpaceUse(`${paths.create}/space`, query);
  const short =
    space && drawn && spaceUse.known && !spaceUse.busy ? roomProblem(space, spaceUse.known.used, wanted) : null;
  const room = sayAny(creationSentences, short);

  const part = { form, set, problems };
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) send(room, upToDate ? list : null);
      }}
    >
      <FormErrors message={refusal?.message} fieldErrors={refusal?.fields} outdated={refusal?.code === "outdated"} />
      <AdvocateSection {...part} list={list} />
      <CodeSection {...part} {...{ caseRule, space, spaceUse, room, wanted }} />
      <LimitSection {...part} />
      <ValiditySection {...part} zone={zone} />
      {attributes.length > 0 && (
        <FormSection title="Attributes" description="All optional. What stays empty is not set.">
          <AttributeFields
            definitions={attributes}
            texts={form.attributes}
            onTextsChange={(texts) => set("attributes", texts)}
            zone={zone}
            problems={problems}
          />
        </FormSection>
      )}
      <FormBar>
        <Button type="submit" variant="primary" pending={pending}>
          {count === 0 ? "Create codes" : `Create ${formatCount(count, "code")}`}
        </Button>
        <ButtonLink variant="quiet" href={paths.list()}>
          Cancel
        </ButtonLink>
        {pending && count > 1000 && <span className="text-mute">Making {formatCount(count, "code")}…</span>}
      </FormBar>
    </form>
  );
}
