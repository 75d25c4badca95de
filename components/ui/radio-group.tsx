import type { ReactNode } from "react";
import { FieldGroup } from "./field-group";
import type { Messages } from "./field-messages";

type RadioOption = { value: string; label: ReactNode; help?: ReactNode; disabled?: boolean };

export type RadioGroupProps = {
  name: string;
  label: ReactNode;
  options: RadioOption[];
  /** Controlled by `value` and `onValueChange`, or left to the form by `defaultValue`. */
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  help?: ReactNode;
  error?: Messages;
  className?: string;
};

/** One of a few values, each on its own line with room for an explanation. */
export function RadioGroup({ options, ...group }: RadioGroupProps) {
  return (
    <FieldGroup {...fieldGroupProps(group)}>
      {options.map((option) => {
        const helpId = option.help == null ? undefined : `field-${group.name}-${option.value}-help`;
        return (
          <div key={option.value} className="py-0.5">
            <label className="flex min-h-6 gap-2">
              <span className="grid h-5 place-items-center">
                <input {...radioProps(group, option)} aria-describedby={helpId} className="size-4 accent-accent" />
              </span>
              {option.label}
            </label>
            {helpId && (
              <p id={helpId} className="pl-6 text-sm text-mute">
                {option.help}
              </p>
            )}
          </div>
        );
      })}
    </FieldGroup>
  );
}

export function fieldGroupProps({ name, label, help, error, className }: Omit<RadioGroupProps, "options">) {
  return { name, label, help, error, className };
}

export function radioProps(group: Omit<RadioGroupProps, "options">, option: RadioOption) {
  const { name, value, defaultValue, onValueChange } = group;
  return {
    type: "radio" as const,
    name,
    value: option.value,
    disabled: option.disabled,
    ...(value === undefined
      ? { defaultChecked: defaultValue === option.value }
      : { checked: value === option.value, readOnly: !onValueChange }),
    ...(onValueChange && { onChange: () => onValueChange(option.value) }),
  };
}
