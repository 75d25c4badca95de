export { beginFactorForm as POST } from "@/lib/accounts/second-factor-forms";
