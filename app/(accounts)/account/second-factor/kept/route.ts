export { keptCodesForm as POST } from "@/lib/accounts/second-factor-forms";
