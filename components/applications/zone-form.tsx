"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { FormSection } from "@/components/ui/form-section";
import { saveTimeZoneAction } from "@/lib/applications/actions";
import { saveTimeZoneInput } from "@/lib/applications/schema";
import { sayAny } from "@/lib/say";
import { zoneProblem } from "@/lib/zone";
import { zoneSentences } from "@/lib/zone-reasons";
import { TimeZoneField } from "./time-zone-field";

/** Changes the zone of an application's clocks and leads back to the applications. */
export function ZoneForm({ application }: { application: { id: number; timeZone: string } }) {
  const router = useRouter();
  const state = useForm({
    blank: { timeZone: application.timeZone },
    schema: saveTimeZoneInput,
    read: ({ timeZone }) => ({ applicationId: application.id, timeZone, shown: application.timeZone }),
    action: saveTimeZoneAction,
    onDone: () => router.push("/applications"),
  });
  return (
    <FormFrame state={state} submitLabel="Save time zone" cancelPath="/applications">
      <FormSection
        title="Clocks"
        description="Every code keeps the instant at which it starts and ends. What changes is the clock on which it is shown, typed and found: a day’s end in the old zone may be another time of day in the new one."
      >
        <TimeZoneField
          value={state.form.timeZone}
          onValueChange={(timeZone) => state.set("timeZone", timeZone)}
          error={state.problems.timeZone ?? sayAny(zoneSentences, zoneProblem(application.timeZone)) ?? undefined}
        />
      </FormSection>
    </FormFrame>
  );
}
