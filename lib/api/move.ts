import { keyVariable, sdkSetup } from "./examples";

/** A step of the way here, as code. Each goes on with the names of those before it. */
export interface MoveStep {
  title: string;
  code: string;
}

/** What an integration's program changes, and calls that show that it works; the same lines for both SDKs. */
export function integrationSteps(server: string, campaignId: string): MoveStep[] {
  return [
    { title: "Lead the client here", code: sdkSetup("integration", server).join("\n") },
    {
      title: "Make a code for an advocate",
      code: [
        "const referral = await api.createReferral({",
        `  campaignId: ${campaignId},`,
        '  advocateProfileIntegrationId: "cust_ann",',
        "});",
        "console.log(referral.code);",
      ].join("\n"),
    },
    {
      title: "Redeem it for a friend",
      code: [
        'const state = await api.updateCustomerSessionV2("order-1", {',
        '  customerSession: { profileId: "cust_bob", referralCode: referral.code, state: "closed" },',
        '  responseContent: ["referral"],',
        "});",
        "console.log(state.effects[0].effectType); // acceptReferral",
        "console.log(state.referral.usageCounter); // 1",
      ].join("\n"),
    },
  ];
}

/** What a back office's program changes, and a call that shows that it works; the same lines for both SDKs. */
export function managementSteps(server: string, applicationId: string, campaignId: string): MoveStep[] {
  return [
    {
      title: "Lead the client here",
      code: sdkSetup("management", server).join("\n").replaceAll(keyVariable, managementKeyVariable),
    },
    {
      title: "Look at what is there",
      code: [
        `const { data } = await api.getReferralsWithoutTotalCount(${applicationId}, ${campaignId}, { pageSize: 10 });`,
        "console.log(data.map(({ code }) => code));",
      ].join("\n"),
    },
  ];
}

/** Where the lines of a back office read their key. */
export const managementKeyVariable = "REFERRALS_MANAGEMENT_KEY";

/** The file of codes is brought here by one line for a terminal. */
export function importLine(server: string, applicationId: string, campaignId: string): string {
  return [
    `curl '${server}/v1/applications/${applicationId}/campaigns/${campaignId}/import_referrals'`,
    `-H "Authorization: ManagementKey-v1 $${managementKeyVariable}"`,
    "-F upFile=@referrals.csv",
  ].join(" \\\n  ");
}

/** The file of codes comes from Talon.One by one line. */
export const exportLine = [
  `curl 'https://<your deployment>.talon.one/v1/applications/<id>/export_referrals?campaignId=<id>&dateFormat=ISO8601'`,
  `-H "Authorization: ManagementKey-v1 $TALON_ONE_KEY"`,
  "-o referrals.csv",
].join(" \\\n  ");
