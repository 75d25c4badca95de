export { signOutForm as POST } from "@/lib/accounts/forms";
