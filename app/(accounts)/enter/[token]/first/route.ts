export { firstForm as POST } from "@/lib/accounts/forms";
