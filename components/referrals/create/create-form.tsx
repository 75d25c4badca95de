"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { AttributeFields } from "@/components/referrals/attribute-fields";
import { FormSection } from "@/components/ui/form-section";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { charactersProblem, codeSpace, patternProblem } from "@/lib/codes/generator";
import type { CaseRule } from "@/lib/codes/rules";
import { newForm, remainingProblems, understand } from "@/lib/creations/form";
import type { CreatedTerms } from "@/lib/creations/queries";
import { creationSentences } from "@/lib/creations/reasons";
import { type AdvocateList, readAdvocates, roomProblem } from "@/lib/creations/rules";
import { formatCount } from "@/lib/format";
import { advocatesMax } from "@/lib/imports/schema";
import { inTurns } from "@/lib/in-turns";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { sayAny } from "@/lib/say";
import { AdvocateSection } from "./advocate-section";
import { CodeSection } from "./code-section";
import { type Creation, sendCreation, toCheck } from "./send-creation";
import { LimitSection, ValiditySection } from "./terms-sections";
import { useAdvocateList } from "./use-advocate-list";
import { useSpaceUse } from "./use-space-use";

type CreateFormProps = {
  campaign: { applicationId: number; id: number; codePattern: string; codeCharacters: string };
  zone: string;
  caseRule: CaseRule;
  attributes: AttributeDefinition[];
  /** Of the campaign's last creation, where they can still be given. */
  lastTerms: CreatedTerms | null;
};

/** Makes codes for one advocate or many. Keeps what was typed whatever happens to the sending. */
export function CreateForm({ campaign, zone, caseRule, attributes, lastTerms }: CreateFormProps) {
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const paths = referralPaths(scope);
  const router = useRouter();
  const state = useForm({
    blank: newForm(campaign),
    // `room`: why the pattern cannot give as many codes, if that is known already. `known`: what the list holds, if it has been read
    read: async (
      form,
      problems,
      { room, known }: { room: string | null; known: AdvocateList | null },
    ): Promise<Creation> => {
      const list = known ?? (await inTurns(readAdvocates(form.advocates, form.repeated)));
      const understood = understand(form, { scope, zone, caseRule, definitions: attributes, list });
      Object.assign(problems, room && { pattern: room }, understood.problems);
      return { input: understood.input, list };
    },
    action: (creation) => sendCreation(creation, `${paths.create}/upload`),
    onDone: ({ operationId }) => router.replace(`${paths.create}?done=${operationId}`),
    remaining: remainingProblems,
    toCheck,
  });
  const { form, set, problems, pending } = state;

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
    <FormFrame
      state={{ ...state, send: () => state.send({ room, known: upToDate ? list : null }) }}
      submitLabel={count === 0 ? "Create codes" : `Create ${formatCount(count, "code")}`}
      cancelPath={paths.list()}
      beside={pending && count > 1000 && <span className="text-mute">Making {formatCount(count, "code")}…</span>}
    >
      <AdvocateSection {...part} list={list} />
      <LimitSection {...part} {...{ zone, lastTerms }} />
      <ValiditySection {...part} zone={zone} />
      <CodeSection {...part} {...{ caseRule, space, spaceUse, room, wanted }} />
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
    </FormFrame>
  );
}
