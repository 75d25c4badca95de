import { PlainForm } from "@/components/accounts/plain-form";
import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";

/** Recovery codes that were made a moment ago: to copy, or to keep as a file, also without scripts. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const text = codes.join("\n");
  return (
    <>
      <ol className="mono grid w-fit grid-cols-1 gap-x-8 gap-y-1 rounded-md border bg-panel px-4 py-3 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-3">
        <span className="scripted">
          <CopyButton
            value={text}
            label="recovery codes"
            className="mx-0 min-h-8 border bg-panel px-3 [&>svg]:opacity-100"
          >
            Copy all
          </CopyButton>
        </span>
        <a
          download="referrals-recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          className={buttonClass()}
        >
          Download as text
        </a>
      </div>
      <PlainForm path="/account/second-factor/kept" submitLabel="I have kept them" />
    </>
  );
}
