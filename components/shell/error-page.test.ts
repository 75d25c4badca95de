import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DomainError } from "@/lib/errors";
import { ErrorPage } from "./error-page";

const shown = (error: unknown) => renderToStaticMarkup(createElement(ErrorPage, { error, retry: () => undefined }));

test("a page that somebody may not see says so, and blames nothing on us", () => {
  const page = shown(new DomainError("forbidden", "“Ann” may not edit codes."));
  expect(page).toContain("You may not see this page");
  expect(page).not.toMatch(/went wrong|log/);
  expect(shown(new DomainError("conflict", "No."))).toContain("Something went wrong on our side.");
});
