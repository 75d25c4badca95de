export { forgottenForm as POST } from "@/lib/accounts/forms";
