import { cx } from "./cx";
import { FieldGroup } from "./field-group";
import { fieldGroupProps, type RadioGroupProps, radioProps } from "./radio-group";

/** One of two to four short values side by side; radio buttons underneath, so arrows move and forms carry it. */
export function Segmented({ options, hideLabel, ...group }: RadioGroupProps & { hideLabel?: boolean }) {
  const wiring = fieldGroupProps(group);
  return (
    <FieldGroup {...wiring} label={hideLabel ? <span className="sr-only">{group.label}</span> : group.label}>
      <div className="inline-flex w-fit gap-0.5 rounded-lg bg-sunk p-0.5 forced-edge">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              "inline-flex min-h-7 items-center gap-1.5 rounded-md border border-transparent px-2.5 font-medium text-mute hover:text-ink",
              "has-checked:border-line has-checked:bg-thumb has-checked:text-ink",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent forced-colors:has-checked:border-[Highlight]",
            )}
          >
            <input {...radioProps(group, option)} className="sr-only" />
            {option.label}
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
