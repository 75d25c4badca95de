export { passwordForm as POST } from "@/lib/accounts/forms";
