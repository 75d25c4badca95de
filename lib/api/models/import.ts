import { z } from "zod";
import { answeredDate } from "@/lib/api/fields";

/** What an import comes to (reference: talon-one-api, B7). */
export const importModel = z
  .object({
    id: z.int().describe("The importId of its codes, and the number of its operation in the dashboard."),
    created: answeredDate,
    accountId: z.int(),
    userId: z.int().describe("The API key."),
    entity: z.literal("Referral"),
    amount: z.int().min(0).describe("How many codes were made: one for each row."),
  })
  .meta({ id: "Import" });
