import { useEffect, useState } from "react";

/** Whether `on` has lasted this many milliseconds: what is over at once needs no mark, which would be drawn first. */
export function useLasting(on: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setLasting(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [on, milliseconds]);
  return on && lasting;
}
