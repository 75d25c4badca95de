import { Tag, type Tone } from "@/components/ui/tag";
import { type CampaignStatus, campaignStatus } from "@/lib/campaigns/rules";

const looks: Record<CampaignStatus, { word: string; tone: Tone }> = {
  running: { word: "Running", tone: "good" },
  scheduled: { word: "Scheduled", tone: "accent" },
  ended: { word: "Ended", tone: "neutral" },
  disabled: { word: "Disabled", tone: "warn" },
  archived: { word: "Archived", tone: "neutral" },
};

type StatusTagProps = { campaign: Parameters<typeof campaignStatus>[0]; now: Date };

/** What a campaign's state and schedule come to, in a word. */
export function StatusTag({ campaign, now }: StatusTagProps) {
  const { word, tone } = looks[campaignStatus(campaign, now)];
  return <Tag tone={tone}>{word}</Tag>;
}
