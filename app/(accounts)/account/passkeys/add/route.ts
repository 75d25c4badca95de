export { addPasskeyRoute as POST } from "@/lib/accounts/passkey-routes";
