export { demoForm as POST } from "@/lib/accounts/forms";
