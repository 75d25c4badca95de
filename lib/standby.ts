import type pg from "pg";

/**
 * Calls back when a connection turns out to be one of a standby, which only reads: when it is made, or when its server becomes one.
 * PostgreSQL says so by itself, from version 14 on.
 */
export function onStandby({ connection }: pg.Client, call: () => void): void {
  connection.on("parameterStatus", ({ parameterName, parameterValue }: Record<string, string>) => {
    if (parameterName === "in_hot_standby" && parameterValue === "on") call();
  });
}
