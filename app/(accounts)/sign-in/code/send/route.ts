export { codeForm as POST } from "@/lib/accounts/forms";
