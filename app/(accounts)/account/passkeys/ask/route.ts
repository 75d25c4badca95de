export { beginPasskeyRoute as POST } from "@/lib/accounts/passkey-routes";
