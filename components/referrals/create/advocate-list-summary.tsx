import { Segmented } from "@/components/ui/segmented";
import { codeSentences } from "@/lib/codes/reasons";
import type { AdvocateList, RepeatedAdvocates } from "@/lib/creations/rules";
import { formatCount, formatNumber } from "@/lib/format";
import { say } from "@/lib/say";

type AdvocateListSummaryProps = {
  list: AdvocateList;
  repeated: RepeatedAdvocates;
  onRepeatedChange: (repeated: RepeatedAdvocates) => void;
};

/** What was read from the list: how many codes it makes, and everything that was left out. */
export function AdvocateListSummary({ list, repeated, onRepeatedChange }: AdvocateListSummaryProps) {
  const { advocates, blanks, trimmed, composed, refused, problems } = list;
  if (advocates.length + blanks + refused + list.repeated === 0) return null;
  const facts = [
    blanks > 0 && `${formatCount(blanks, "blank line")} left out`,
    trimmed > 0 && `white space removed from ${formatCount(trimmed, "line")}`,
    composed > 0 && `letters and accents put together in ${formatCount(composed, "line")}`,
    list.repeated > 0 && `${formatCount(list.repeated, "line repeats", "lines repeat")} an advocate`,
  ].filter((fact) => fact !== false);
  return (
    <div className="flex flex-col gap-3">
      <p className="num">
        <span className="font-medium">{formatCount(advocates.length, "code")}</span>
        <span className="text-mute">
          {facts.map((fact) => ` · ${fact}`)}
          {facts.length === 0 && refused === 0 && " · no blank line, no advocate twice"}
        </span>
      </p>
      {list.repeated > 0 && (
        <Segmented
          name="repeated"
          label="An advocate who stands there more than once gets"
          value={repeated}
          onValueChange={(value) => onRepeatedChange(value as RepeatedAdvocates)}
          options={[
            { value: "once", label: "One code" },
            { value: "each", label: "One code for each line" },
          ]}
        />
      )}
      {problems.length > 0 && (
        <div className="rounded-md border border-bad/40 bg-bad-soft px-3 py-2">
          <p className="font-medium">
            {formatCount(refused, "line")} cannot be used. Correct or remove {refused === 1 ? "it" : "them"}.
          </p>
          <ul className="num mt-1">
            {problems.map(({ line, reason }) => (
              <li key={line}>
                Line {formatNumber(line)}: {say(codeSentences, reason)}
              </li>
            ))}
          </ul>
          {refused > problems.length && <p className="text-mute">and {formatNumber(refused - problems.length)} more</p>}
        </div>
      )}
    </div>
  );
}
