import { expect, it, vi } from "vitest";
import { countOrNull } from "@/lib/count-or-null";
import { log } from "@/lib/log";

it("gives a count, or null and a line in the log where it fails", async () => {
  const logged = vi.spyOn(log, "error");
  expect(await countOrNull(Promise.resolve({ count: 3 }))).toEqual({ count: 3 });
  expect(logged).not.toHaveBeenCalled();
  const error = new Error("canceling statement due to statement timeout");
  expect(await countOrNull(Promise.reject(error))).toBeNull();
  expect(logged).toHaveBeenCalledExactlyOnceWith({ err: error }, expect.any(String));
});
