export { renamePasskeyForm as POST } from "@/lib/accounts/passkey-routes";
