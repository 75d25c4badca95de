import PopoverPopup from "@/components/ui/popover-popup";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { titled } from "./attributes-cell";
import type { ReferralItem } from "./rows";

type AttributesPopupProps = {
  item: ReferralItem;
  titles: readonly AttributeTitle[];
  button: HTMLButtonElement;
  onClose: () => void;
};

/** Every attribute of a code, whole, beside the control of its row. */
export default function AttributesPopup({ item, titles, button, onClose }: AttributesPopupProps) {
  return (
    <PopoverPopup open onClose={onClose} anchor={{ current: button }} title="Attributes">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {titled(item, titles).map(({ name, title, value }) => (
          <div key={name} className="contents">
            <dt className="text-mute">{title}</dt>
            <dd className="[overflow-wrap:anywhere] whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
      </dl>
    </PopoverPopup>
  );
}
