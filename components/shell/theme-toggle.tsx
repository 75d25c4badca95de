"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { applyTheme, type Theme } from "./theme";

const next: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const icons = { system: Monitor, light: Sun, dark: Moon };

function subscribe(changed: () => void) {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** Goes through system, light and dark. Reads the attribute itself, so that two toggles on a page agree. */
export function ThemeToggle() {
  const theme = useSyncExternalStore(
    subscribe,
    () => (document.documentElement.dataset.theme ?? "system") as Theme,
    () => "system" as const,
  );
  const Icon = icons[theme];
  return (
    <IconButton label={`Theme: ${theme}. Change to ${next[theme]}`} onClick={() => applyTheme(next[theme])}>
      <Icon aria-hidden="true" className="size-4" />
    </IconButton>
  );
}
