export { confirmFactorForm as POST } from "@/lib/accounts/second-factor-forms";
