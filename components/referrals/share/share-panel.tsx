import { Download } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import { withBase } from "@/lib/base-path";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type SharePanelProps = {
  referralId: string;
  code: string;
  /** Null while the campaign has no links. */
  link: string | null;
  /** What the advocate is sent; null while the campaign has no share text. */
  text: string | null;
  paths: ReturnType<typeof referralPaths>;
  settingsPath: string;
};

/** What an advocate is sent: a text, the link of the code, and its QR code. */
export function SharePanel({ referralId, code, link, text, paths, settingsPath }: SharePanelProps) {
  return (
    <section
      aria-labelledby="share"
      data-needs={link === null && text === null ? "campaigns.write" : undefined}
      className="flex max-w-3xl flex-col gap-2"
    >
      <h2 id="share" className="text-lg font-semibold">
        Share
      </h2>
      {link === null ? (
        <p data-needs="campaigns.write" className="text-mute">
          Say in the{" "}
          <Link href={settingsPath} className="link">
            campaign&rsquo;s settings
          </Link>{" "}
          what its links look like, and each code has a link and a QR code here.
        </p>
      ) : (
        <div className="flex flex-wrap items-start gap-5">
          {/* biome-ignore lint/performance/noImgElement: an image that is drawn on the server, in its own size. */}
          <img
            src={withBase(paths.qr(referralId, "svg"))}
            alt={`QR code of the link of ${code}`}
            width={144}
            height={144}
            className="rounded-md border bg-white"
          />
          <div className="flex min-w-0 flex-1 flex-col items-start gap-3">
            <CopyButton value={link} label={`link of ${code}`} wrap className="mono h-auto py-1">
              {link}
            </CopyButton>
            <div className="flex flex-wrap gap-2">
              {(["svg", "png"] as const).map((format) => (
                <a key={format} href={withBase(paths.qr(referralId, format))} download className={buttonClass()}>
                  <Download aria-hidden="true" className="size-4 text-mute" />
                  QR code as {format.toUpperCase()}
                </a>
              ))}
            </div>
          </div>
        </div>
      )}
      {text !== null && (
        <CopyButton
          value={text}
          label={`share text of ${code}`}
          wrap
          className="h-auto self-start py-1 whitespace-pre-wrap"
        >
          {text}
        </CopyButton>
      )}
    </section>
  );
}
