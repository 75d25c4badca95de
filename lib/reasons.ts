import { type AccessReason, accessSentences } from "@/lib/access/reasons";
import { type AccountReason, accountSentences } from "@/lib/accounts/reasons";
import { type ApplicationReason, applicationSentences } from "@/lib/applications/reasons";
import { type AttributeReason, attributeSentences } from "@/lib/attributes/reasons";
import { type BatchReason, batchSentences } from "@/lib/batches/reasons";
import { type BudgetReason, budgetSentences } from "@/lib/budgets/reasons";
import { type CampaignReason, campaignSentences } from "@/lib/campaigns/reasons";
import { type CodeReason, codeSentences } from "@/lib/codes/reasons";
import { type CreationReason, creationSentences } from "@/lib/creations/reasons";
import { type ImportReason, importSentences } from "@/lib/imports/reasons";
import { type KeyReason, keySentences } from "@/lib/keys/reasons";
import { type MemberReason, memberSentences } from "@/lib/members/reasons";
import { type OidcReason, oidcSentences } from "@/lib/oidc/reasons";
import { type OperationReason, operationSentences } from "@/lib/operations/reasons";
import { type ReferralReason, referralSentences } from "@/lib/referrals/reasons";
import { type RowReason, rowSentences } from "@/lib/referrals/row-reasons";
import { type Sentences, say } from "@/lib/say";
import { type ScheduleReason, scheduleSentences } from "@/lib/schedules/reasons";
import { type SelectionReason, selectionSentences } from "@/lib/selections/reasons";
import { type SessionReason, sessionSentences } from "@/lib/sessions/reasons";
import { type ViewReason, viewSentences } from "@/lib/views/reasons";
import { type WorkReason, workSentences } from "@/lib/worker/reasons";
import { type ZoneReason, zoneSentences } from "@/lib/zone-reasons";

/** Why anything is refused: a name and its values, by which one refusal is told from another without reading a sentence. */
export type Reason =
  | AccessReason
  | AccountReason
  | ApplicationReason
  | AttributeReason
  | BatchReason
  | BudgetReason
  | CampaignReason
  | CodeReason
  | CreationReason
  | ImportReason
  | KeyReason
  | MemberReason
  | OidcReason
  | OperationReason
  | ReferralReason
  | RowReason
  | ScheduleReason
  | SelectionReason
  | SessionReason
  | ViewReason
  | WorkReason
  | ZoneReason;

const sentences: Sentences<Reason> = {
  ...accessSentences,
  ...accountSentences,
  ...applicationSentences,
  ...attributeSentences,
  ...batchSentences,
  ...budgetSentences,
  ...campaignSentences,
  ...codeSentences,
  ...creationSentences,
  ...importSentences,
  ...keySentences,
  ...memberSentences,
  ...oidcSentences,
  ...operationSentences,
  ...referralSentences,
  ...rowSentences,
  ...scheduleSentences,
  ...selectionSentences,
  ...sessionSentences,
  ...viewSentences,
  ...workSentences,
  ...zoneSentences,
};

/** Any reason as the pages say it. Components, which know what they ask about, take the table of their noun. */
export function sentenceOf(reason: Reason): string {
  return say(sentences, reason);
}

/** A reason as a column of text keeps it. */
export function keptReason(reason: Reason): string {
  return JSON.stringify(reason);
}

/** A reason that was kept, as the pages say it. What was kept before there were reasons is a sentence, and no JSON object. */
export function keptSentence(kept: string | null): string | null {
  return kept?.startsWith("{") ? sentenceOf(JSON.parse(kept)) : kept;
}
