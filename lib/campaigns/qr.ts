import { toBuffer, toString as toText } from "qrcode";

/** What a QR code is drawn as. */
export const qrFormats = ["svg", "png"] as const;
export type QrFormat = (typeof qrFormats)[number];

// A quarter of it may be covered or dirty, and four modules around it are white, as readers want it.
const looks = { errorCorrectionLevel: "Q", margin: 4 } as const;

/** The QR code of a link: as vectors, or as 1,024 by 1,024 points for print. */
export async function qrImage(link: string, format: QrFormat): Promise<{ body: BodyInit; type: string }> {
  if (format === "svg") return { body: await toText(link, { ...looks, type: "svg" }), type: "image/svg+xml" };
  const points = await toBuffer(link, { ...looks, type: "png", width: 1024 });
  return { body: new Uint8Array(points), type: "image/png" };
}
