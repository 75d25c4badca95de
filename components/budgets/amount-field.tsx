import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";

type AmountFieldProps = { value: string; onValueChange: (text: string) => void; error?: string };

/** How many redemptions a budget allows. */
export function AmountField({ value, onValueChange, error }: AmountFieldProps) {
  return (
    <Field name="limit" label="At most" help="How many redemptions. 0 allows none." error={error}>
      <NumberInput value={value} onChange={(event) => onValueChange(event.target.value)} />
    </Field>
  );
}
