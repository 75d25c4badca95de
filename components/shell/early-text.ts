import { keepEarlyScript } from "./keep-early";
import { keepFilesScript } from "./keep-files";
import { stayOnPageScript } from "./stay-on-page";
import { themeScript } from "./theme";

/** The text of `EarlyScripts`, given by the server so that pages need not load it as script as well. */
export const earlyText = themeScript + stayOnPageScript + keepFilesScript + keepEarlyScript;
