export { profileForm as POST } from "@/lib/accounts/forms";
