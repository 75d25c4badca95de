import { log } from "@/lib/log";

/** A count that a page shows beside what it is about, or null where counting fails: the page stands without it. Never rejects. */
export async function countOrNull<Count>(counting: Promise<Count>): Promise<Count | null> {
  try {
    return await counting;
  } catch (error) {
    log.error({ err: error }, "a count failed and its page is shown without it");
    return null;
  }
}
