export { askPasskeyRoute as POST } from "@/lib/accounts/passkey-routes";
