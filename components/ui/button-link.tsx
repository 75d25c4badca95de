import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "./button";

type ButtonLinkProps = ComponentProps<typeof Link> & { variant?: ButtonVariant; icon?: ReactNode };

/** A link that looks like a button: for going somewhere, where Button is for doing something. */
export function ButtonLink({ variant, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={buttonClass(variant, className)}>
      {icon}
      {children}
    </Link>
  );
}
