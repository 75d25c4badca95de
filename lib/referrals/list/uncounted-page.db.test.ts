import type { ReactElement, ReactNode } from "react";
import { expect, it, vi } from "vitest";
import ReferralsPage from "@/app/(dashboard)/applications/[applicationId]/campaigns/[campaignId]/referrals/(list)/page";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

vi.mock("@/lib/access/actor", async (original) => {
  const actor = await original<typeof import("@/lib/access/actor")>();
  return { ...actor, currentActor: async () => actor.operator };
});

vi.mock("next/navigation", () => ({ notFound: () => undefined }));
vi.mock("@/components/referrals/list/referral-list", () => ({ ReferralList: () => null }));
vi.mock("@/components/referrals/export/export-button", () => ({ ExportButton: () => null }));
vi.mock("@/components/referrals/list/list-empty", () => ({ NoReferrals: () => null }));
vi.mock("@/components/ui/button-link", () => ({ ButtonLink: () => null }));
vi.mock("@/components/ui/page-header", () => ({ PageHeader: () => null }));
vi.mock("@/components/campaigns/feature-off", () => ({ FeatureOff: () => null }));
vi.mock("@/lib/referrals/list/queries", async (original) => ({
  ...(await original<object>()),
  countReferrals: () => Promise.reject(new Error("canceling statement due to statement timeout")),
}));

it("shows a list's rows where counting them fails", async () => {
  const scope = await makeCampaign();
  await makeBatch(scope, [{ code: "FIRST-1" }, { code: "OTHER-2" }]);
  const page = await ReferralsPage({
    params: Promise.resolve({ applicationId: String(scope.applicationId), campaignId: String(scope.campaignId) }),
    searchParams: Promise.resolve({}),
  });
  type Shown = {
    items: unknown[];
    matching: Promise<string | null>;
    position: ReactElement<{ children: ReactElement }>;
  };
  const parts = (page as ReactElement<{ children: ReactElement<Shown>[] }>).props.children;
  const [list] = parts.map(({ props }) => props).filter((props) => "position" in props);
  if (!list) throw new Error("the page has no list");
  expect(list.items).toHaveLength(2);
  expect(await list.matching).toBeNull();
  const position = list.position.props.children;
  expect(await (position.type as (props: unknown) => Promise<ReactNode>)(position.props)).toBe("2 codes on this page");
});
