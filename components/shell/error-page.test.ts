import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DomainError } from "@/lib/errors";
import { ErrorPage } from "./error-page";

const shown = (error: unknown) => renderToStaticMarkup(createElement(ErrorPage, { error, retry: () => undefined }));

test("a page that somebody may not see says so, and blames nothing on us", () => {
  const page = shown(
    new DomainError("forbidden", { reason: "not_permitted", actor: "Ann", permission: "referrals.edit" }),
  );
  expect(page).toContain("You may not see this page");
  expect(page).not.toMatch(/went wrong|log/);
  expect(shown(new DomainError("conflict", { reason: "nothing_left" }))).toContain("Something went wrong on our side.");
});
