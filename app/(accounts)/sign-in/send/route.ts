export { signInForm as POST } from "@/lib/accounts/forms";
