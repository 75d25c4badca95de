"use server";

import { defineAction } from "@/lib/action";
import { createApplication } from "@/lib/applications/commands";
import { createApplicationInput } from "@/lib/applications/schema";

/** Makes an application. */
export const createApplicationAction = defineAction({ input: createApplicationInput, run: createApplication });
