import { keepEarlyScript } from "./keep-early";
import { keepFilesScript } from "./keep-files";
import { sendOnceScript } from "./send-once";
import { stayOnPageScript } from "./stay-on-page";
import { themeScript } from "./theme";

// Zod asks whether it may compile its checks, by trying: a page's policy refuses that, and the browser would complain of it.
const noCompilingScript = "globalThis.__zod_globalConfig={jitless:true};";

/** The text of `EarlyScripts`, given by the server so that pages need not load it as script as well. */
export const earlyText =
  noCompilingScript + themeScript + stayOnPageScript + keepFilesScript + keepEarlyScript + sendOnceScript;
