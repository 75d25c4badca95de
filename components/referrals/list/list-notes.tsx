import { Banner } from "@/components/ui/banner";

/** What was wrong in the list's address and what became of it. Loaded where there is something to say. */
export default function ListNotes({ notes }: { notes: string[] }) {
  return (
    <div className="flex flex-col gap-2 px-4 pb-3 sm:px-6">
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
    </div>
  );
}
