export { removePasskeyForm as POST } from "@/lib/accounts/passkey-routes";
