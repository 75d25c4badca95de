export { oidcForm as POST } from "@/lib/oidc/forms";
