export { oidcCallback as GET } from "@/lib/oidc/forms";
