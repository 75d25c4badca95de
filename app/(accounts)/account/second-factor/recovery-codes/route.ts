export { renewCodesForm as POST } from "@/lib/accounts/second-factor-forms";
