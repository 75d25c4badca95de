import { fieldLabel, fieldValueText } from "@/components/operations/field-value";
import type { Reading } from "@/lib/attributes/titles";
import { attributeField, codeFieldNames } from "@/lib/codes/fields";
import { formatCount, formatNumber } from "@/lib/format";
import type { EditChanges } from "@/lib/operations/schema";
import { unsetWord } from "@/lib/words";

type Instruction = EditChanges[(typeof codeFieldNames)[number]] | EditChanges["attributes"][string];

/** What an edit says to do, field by field, as it is read before it is done: "Redemption limit: 10", "Valid until: 14 days later". */
export function changesText(changes: EditChanges, reading: Reading): string[] {
  const said: [field: string, Instruction][] = [
    ...codeFieldNames.map((field): [string, Instruction] => [field, changes[field]]),
    ...Object.entries(changes.attributes).map(([name, one]): [string, Instruction] => [attributeField(name), one]),
  ];
  const lines = said
    .filter(([, { do: what }]) => what !== "leave")
    .map(([field, instruction]) => `${fieldLabel(field, reading)}: ${instructionText(field, instruction, reading)}`);
  return changes.onlyUnredeemed ? [...lines, "Only codes that have not been redeemed"] : lines;
}

function instructionText(field: string, instruction: Instruction, reading: Reading): string {
  switch (instruction.do) {
    case "set":
      return fieldValueText(field, instruction.value, reading);
    case "raise":
      return `raised by ${formatNumber(instruction.by)}`;
    case "shift":
      return `${formatCount(Math.abs(instruction.days), "day")} ${instruction.days > 0 ? "later" : "earlier"}`;
    case "monthEnd":
      return "the end of its month";
    default:
      return unsetWord(field);
  }
}
