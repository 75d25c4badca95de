import PopoverPopup from "@/components/ui/popover-popup";

/** What a cell's hint says, beside the cell. */
export default function WholeText({ cell, onClose }: { cell: HTMLElement; onClose: () => void }) {
  return (
    <PopoverPopup open onClose={onClose} anchor={{ current: cell }} title="In full" hideTitle>
      <p className="max-h-[50dvh] overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">{cell.title}</p>
    </PopoverPopup>
  );
}
