import type { Locator, Page } from "@playwright/test";
import { campaignPath, expect } from "../fixtures";

/** The list of a campaign's referrals as its users see it. */
export class ReferralList {
  readonly table: Locator;
  readonly rows: Locator;
  readonly copyButtons: Locator;
  readonly search: Locator;
  readonly pages: Locator;
  readonly position: Locator;

  constructor(
    readonly page: Page,
    readonly campaign = 1,
  ) {
    this.table = page.getByRole("table", { name: /^Referrals, / });
    this.rows = this.table.getByRole("row").filter({ has: page.getByRole("rowheader") });
    this.copyButtons = this.table.getByRole("button", { name: /^Copy code / });
    this.search = page.getByRole("searchbox", { name: "Search code, advocate or batch" });
    this.pages = page.getByRole("navigation", { name: "Pages" });
    this.position = this.pages.getByRole("status");
  }

  /** Opens the list under a query string such as `?batch=abcdefgh`. */
  async open(query = ""): Promise<void> {
    await this.page.goto(campaignPath(this.campaign, `/referrals${query}`));
  }

  /** Waits until there are rows. */
  async complete(): Promise<void> {
    await expect(this.copyButtons.first()).toBeVisible();
  }

  /** The codes that are shown, from the first row on; waits until there are some. */
  async codes(): Promise<string[]> {
    await this.complete();
    return this.copyButtons.evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute("aria-label")?.replace("Copy code ", "") ?? ""),
    );
  }

  row(code: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("button", { name: `Copy code ${code}`, exact: true }) });
  }

  /** Opens the menu of a code's row. */
  async menu(code: string): Promise<Locator> {
    await this.page.getByRole("button", { name: `Actions for ${code}`, exact: true }).click();
    return this.page.getByRole("menu", { name: `Actions for ${code}`, exact: true });
  }

  /** The step between pages of this name. */
  step(name: "First" | "Previous" | "Next" | "Last"): Locator {
    return this.pages.getByRole("link", { name, exact: true });
  }

  /** Opens what is asked before an export, chooses what the file tells, and gives the link that downloads it. */
  async exportChoice(content: string): Promise<Locator> {
    await this.page.getByRole("button", { name: "Export" }).first().click();
    const dialog = this.page.getByRole("dialog", { name: "Export" });
    await dialog.getByRole("radio", { name: content, exact: true }).check();
    return dialog.getByRole("link", { name: "Download" });
  }

  /** Opens the control of a filter: one of the list of filters. */
  async addFilter(name: string): Promise<Locator> {
    await this.page.getByRole("button", { name: "Add filter" }).click();
    const choices = this.page.getByRole("dialog", { name: "Add filter" });
    await choices.getByRole("button", { name, exact: true }).click();
    return this.page.getByRole("dialog");
  }

  box(code: string): Locator {
    return this.page.getByRole("checkbox", { name: `Select ${code}`, exact: true });
  }
}
