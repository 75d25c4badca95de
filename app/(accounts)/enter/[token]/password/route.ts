export { resetForm as POST } from "@/lib/accounts/forms";
