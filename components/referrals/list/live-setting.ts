import { browserSwitch } from "@/components/ui/browser-switch";

/** Whether open lists tell redemptions and new codes as they come; paused for this browser. */
export const live = browserSwitch("live-redemptions", "paused");
