export { sessionsForm as POST } from "@/lib/accounts/forms";
