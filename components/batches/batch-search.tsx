import Form from "next/form";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import type { BatchList } from "@/lib/batches/search-params";

/** Searches the batches by the page's address, in the order that they are in. */
export function BatchSearch({ path, list: { q, sort } }: { path: string; list: BatchList }) {
  return (
    <Form action={path} role="search" className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <TextInput
        key={q}
        type="search"
        name="q"
        aria-label="Search name, note or Batch ID"
        placeholder="Search name, note or Batch ID"
        defaultValue={q}
        maxLength={200}
        className="w-72 max-w-full min-w-0 flex-1 sm:flex-none"
      />
      <input type="hidden" name="sort" value={sort} />
      <Button type="submit">Search</Button>
    </Form>
  );
}
