/** A browser as the accounts know it: where it asks from, and the cookies it was given. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    readonly address: string,
    readonly more: Record<string, string> = {},
  ) {}

  /** The headers that it asks with. */
  get headers(): Headers {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Headers({
      "x-forwarded-for": this.address,
      "user-agent": "Test",
      ...this.more,
      ...(cookie && { cookie }),
    });
  }

  /** Keeps cookies, and lets go of those that are over. */
  take(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/; Max-Age=0(;|$)/.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  /** What the cookie of its session holds. */
  get session(): string | undefined {
    const value = this.cookies.get("referrals");
    return value === undefined ? undefined : decodeURIComponent(value);
  }
}
