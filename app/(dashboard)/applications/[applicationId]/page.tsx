import { notFound, redirect } from "next/navigation";
import { currentActor } from "@/lib/access/actor";
import { getApplication } from "@/lib/applications/queries";

export default async function ApplicationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const application = (await getApplication(await currentActor(), (await params).applicationId)) ?? notFound();
  redirect(`/applications/${application.id}/campaigns`);
}
