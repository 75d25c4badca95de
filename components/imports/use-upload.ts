import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { wrongAnswer } from "@/components/forms/wrong-answer";
import { announce } from "@/components/ui/announce";
import { withBase } from "@/lib/base-path";
import type { Failure } from "@/lib/failure";
import { fileBytesMax, fileBytesMaxText } from "@/lib/imports/schema";

/** Where an upload stands. `checking`: all bytes are sent, the server is still checking. */
export type Upload =
  | { state: "idle" }
  | { state: "uploading"; name: string; sent: number; size: number }
  | { state: "checking"; name: string }
  | { state: "refused"; name: string; message: string };

const broke =
  "The upload broke off, and nothing was kept. Check the connection and try again; a proxy in front of the program that refuses files of this size can look like this too.";

/** @param asked the address it was sent to: another one answered where a proxy led elsewhere */
function answerOf(request: XMLHttpRequest, asked: string): { importId: string } | string {
  const answer = request.response as { ok: true; data: { importId: string } } | Failure | null;
  if (answer?.ok && answer.data) return answer.data;
  if (answer && "message" in answer) return answer.message;
  const type = request.getResponseHeader("content-type");
  const redirected = request.responseURL !== new URL(asked, location.href).href;
  return `${wrongAnswer({ status: request.status, type, redirected })} Nothing was kept.`;
}

/**
 * Sends a file to be checked and opens the page of the result. XMLHttpRequest, because fetch does not tell how much of a
 * body has been sent.
 */
export function useUpload(importPath: string) {
  const [upload, setUpload] = useState<Upload>({ state: "idle" });
  const running = useRef<XMLHttpRequest>(null);
  const router = useRouter();

  function start(file: File) {
    const { name, size } = file;
    const refuse = (message: string) => setUpload({ state: "refused", name, message });
    running.current?.abort();
    if (size > fileBytesMax) {
      return refuse(`The file is larger than ${fileBytesMaxText}; split it into several files.`);
    }
    const request = new XMLHttpRequest();
    running.current = request;
    const address = `${importPath}/upload?name=${encodeURIComponent(name)}`;
    request.open("POST", withBase(address));
    request.responseType = "json";
    request.setRequestHeader("content-type", "text/csv");
    request.upload.onprogress = ({ loaded }) => setUpload({ state: "uploading", name, sent: loaded, size });
    request.upload.onload = () => {
      setUpload({ state: "checking", name });
      announce(`Checking ${name}`);
    };
    request.onerror = () => refuse(broke);
    request.onabort = () => setUpload({ state: "idle" });
    request.onload = () => {
      const answer = answerOf(request, withBase(address));
      if (typeof answer === "string") return refuse(answer);
      router.push(`${importPath}/${answer.importId}`);
    };
    setUpload({ state: "uploading", name, sent: 0, size });
    announce(`Uploading ${name}`);
    request.send(file);
  }

  return { upload, start, cancel: () => running.current?.abort() };
}
