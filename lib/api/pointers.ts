/** What fields of a referral are called in the bodies of the API, as JSON pointers. */
export const referralPointers: Record<string, string> = {
  advocate: "/advocateProfileIntegrationId",
  friend: "/friendProfileIntegrationId",
  friendIntegrationId: "/friendProfileIntegrationId",
  validFrom: "/startDate",
  validUntil: "/expiryDate",
  pattern: "/referralPattern",
  characters: "/validCharacters",
};
