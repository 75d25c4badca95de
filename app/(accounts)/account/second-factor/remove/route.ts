export { removeFactorForm as POST } from "@/lib/accounts/second-factor-forms";
