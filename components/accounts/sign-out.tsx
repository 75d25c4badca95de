import { LogOut } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";
import { withBase } from "@/lib/base-path";

/** Ends this session. @param button looks like the buttons of a page; without it, like a sign in the menu */
export function SignOut({ button }: { button?: boolean }) {
  return (
    <form action={withBase("/sign-out")} method="post" className="plain">
      <button
        type="submit"
        title="Sign out"
        aria-label={button ? undefined : "Sign out"}
        className={button ? buttonClass() : "grid size-7 place-items-center rounded-md hover:bg-hover hover:text-ink"}
      >
        {button ? "Sign out" : <LogOut aria-hidden="true" className="size-4" />}
      </button>
    </form>
  );
}
