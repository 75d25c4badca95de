import { notFound, redirect } from "next/navigation";
import { applicationAt } from "@/lib/page";

export default async function ApplicationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { application } = (await applicationAt(params, "applications.read")) ?? notFound();
  redirect(`/applications/${application.id}/campaigns`);
}
