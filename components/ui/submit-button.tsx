"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

/** The submit button of a `<form action={…}>`: pending while the form's action runs. */
export function SubmitButton({ pending, ...props }: ComponentProps<typeof Button>) {
  const status = useFormStatus();
  return <Button variant="primary" {...props} type="submit" pending={pending || status.pending} />;
}
