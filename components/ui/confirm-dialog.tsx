"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

type ConfirmDialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, and how to get back. */
  children: ReactNode;
  /** The verb and its object: "Delete 10,000 codes". Never "OK". */
  confirmLabel: string;
  /** What leaving everything as it is is called, where "Cancel" would be mistaken. */
  cancelLabel?: string;
  onConfirm: () => void;
  tone?: "primary" | "danger";
  pending?: boolean;
};

/** Asks before an act that is costly to take back. Escape and Cancel leave everything as it is. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onClose,
    title,
    children,
    confirmLabel,
    cancelLabel = "Cancel",
    onConfirm,
    tone = "primary",
    pending,
  } = props;
  return (
    <Dialog
      alert
      open={open}
      onClose={onClose}
      title={title}
      description={children}
      actions={
        <>
          <Button onClick={onClose}>{cancelLabel}</Button>
          <Button variant={tone} pending={pending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    />
  );
}
