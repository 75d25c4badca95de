import { Prose } from "./prose";

const differences = `- Refused instead of ignored: fields and parameters that are not described, in bodies and in queries. A body that Talon.One took with a field too many is answered by 400, which names the field.
- A key belongs to one application. Whatever is not in it looks as if it did not exist.
- \`usageLimit\` left out when a code is made is 0, unlimited. A blank \`limitval\` in a file is 1. A budget of 0 lets nobody in.
- Making a code never makes a customer profile; updating a session does. An advocate without a profile is fine.
- Making several codes, importing a file and changing a batch happen whole or not at all.
- \`null\` in a change clears a field, what is left out stays, attributes are merged key by key.
- Lists come newest first unless \`sort\` is given. \`code\` finds a part of a code.
- A code is valid from its start up to, but not including, its expiry. Instants need an offset; a day alone is refused.
- Everything is checked again when a session closes: a code that was accepted while it was open can be rejected then. The session closes all the same.
- Closing a closed session again counts nothing and answers 200. Moves that there are not (such as from cancelled to open) are refused.
- Reopening and cancelling give the redemption back, and the friend can be referred again. Returning items does not.
- A friend can be referred once in an application, whatever the campaign.
- Deleting a code through the API asks nothing, also of one that was redeemed; its friends stay referred. It can be undone in the dashboard, as every change can.
- With an \`Idempotency-Key\` a repeated write is answered as the first time, for 24 hours.`;

const missing = `- Rules are not written here: a campaign's referral code is redeemed when its checks and budgets let it be. Effects are \`acceptReferral\`, \`rejectReferral\` and \`rollbackReferral\`; the older \`redeemReferral\` is not sent.
- Coupons, loyalty, giveaways and achievements: sessions may send their fields, answers hold empty lists.
- \`POST /v1/sessions\` (a token for e-mail and password): use a management key.
- Customers and events by calls of their own (\`updateCustomerProfileV2\`, \`trackEventV2\`, \`deleteCustomerData\`): a customer is known from their sessions alone.
- Lists of campaigns, attributes, events, exports and changes: the dashboard has them. Every call that is not described in the API is answered 404.
- The calls of engagement platforms (Braze, Iterable).
- Webhooks.`;

/** What is other here than at Talon.One, and what there is not. */
export function Differences() {
  return (
    <>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-semibold">What is different here</h2>
        <Prose text={differences} />
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-semibold">What is not here</h2>
        <Prose text={missing} />
      </section>
    </>
  );
}
