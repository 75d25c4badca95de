import { headers } from "next/headers";
import { basePath } from "@/lib/base-path";
import { askedHost } from "@/lib/same-origin";

/** Where the server was reached, as addresses on it begin: “https://referrals.example.com”, without a slash at its end. */
export async function serverAddress(): Promise<string> {
  const given = Object.fromEntries(await headers());
  const [scheme = ""] = (given["x-forwarded-proto"] ?? "").split(",");
  return `${scheme.trim() === "https" ? "https" : "http"}://${askedHost(given) ?? "localhost"}${basePath}`;
}
