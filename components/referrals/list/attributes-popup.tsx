import Link from "next/link";
import PopoverPopup from "@/components/ui/popover-popup";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { titled } from "./attributes-cell";
import type { ReferralItem } from "./rows";

type AttributesPopupProps = {
  item: ReferralItem;
  titles: readonly AttributeTitle[];
  referralPath: string;
  button: HTMLButtonElement;
  onClose: () => void;
};

/** Every attribute of a code, beside the control of its row; what is cut is whole on the referral's own page. */
export default function AttributesPopup({ item, titles, referralPath, button, onClose }: AttributesPopupProps) {
  const more = item.attributeCount - item.attributes.length;
  const cut = more > 0 || item.attributes.some(([, value]) => value.endsWith("…"));
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
      {cut && (
        <Link prefetch={false} href={referralPath} className="link mt-3 inline-block">
          {more > 0 ? `Show all ${item.attributeCount} in full` : "Show them in full"}
        </Link>
      )}
    </PopoverPopup>
  );
}
