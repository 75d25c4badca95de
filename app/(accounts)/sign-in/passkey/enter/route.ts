export { enterPasskeyRoute as POST } from "@/lib/accounts/passkey-routes";
