import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

const tones = {
  info: { box: "border-accent/30 bg-accent-soft", icon: "text-accent", Icon: Info, name: "Note" },
  warning: { box: "border-warn/30 bg-warn-soft", icon: "text-warn", Icon: TriangleAlert, name: "Warning" },
  error: { box: "border-bad/30 bg-bad-soft", icon: "text-bad", Icon: CircleAlert, name: "Error" },
};

type BannerProps = {
  tone?: keyof typeof tones;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Said by screen readers when it appears after the page has loaded. */
  live?: boolean;
};

/** A message that stays on the page, beside what it is about. */
export function Banner({ tone = "info", title, children, actions, live }: BannerProps) {
  const { box, icon, Icon, name } = tones[tone];
  return (
    <div
      role={live ? (tone === "error" ? "alert" : "status") : undefined}
      className={cx("flex gap-2 rounded-md border px-3 py-2", box)}
    >
      <Icon aria-label={name} role="img" className={cx("mt-0.5 size-4 shrink-0", icon)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {actions && <div className="flex shrink-0 items-start gap-2">{actions}</div>}
    </div>
  );
}
