import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the browser has drawn the page: false on the server and while the browser takes over what the server drew. */
export function useDrawn(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
