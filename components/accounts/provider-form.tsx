import { PlainForm } from "@/components/accounts/plain-form";

/** Leads to the provider by which one signs in. @param to where one is led to then */
export function ProviderForm({ name, to }: { name: string; to: string }) {
  return (
    <PlainForm path="/sign-in/oidc" submitLabel={`Continue with ${name}`} variant="plain">
      {to !== "/" && <input type="hidden" name="to" value={to} />}
    </PlainForm>
  );
}
