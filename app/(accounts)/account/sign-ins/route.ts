export { unlinkForm as POST } from "@/lib/oidc/forms";
