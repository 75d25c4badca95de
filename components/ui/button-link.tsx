import type { ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "./button-class";
import { NearLink, type NearLinkProps } from "./near-link";

type ButtonLinkProps = NearLinkProps & { variant?: ButtonVariant; icon?: ReactNode };

/** A link that looks like a button: for going somewhere, where Button is for doing something. */
export function ButtonLink({ variant, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <NearLink {...rest} className={buttonClass(variant, className)}>
      {icon}
      {children}
    </NearLink>
  );
}
