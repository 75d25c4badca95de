import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { announce } from "@/components/ui/announce";
import type { Failure } from "@/lib/failure";
import { fileBytesMax, fileBytesMaxText } from "@/lib/imports/schema";

/** Where an upload stands. `checking`: all bytes are sent, the server is still checking. */
export type Upload =
  | { state: "idle" }
  | { state: "uploading"; name: string; sent: number; size: number }
  | { state: "checking"; name: string }
  | { state: "refused"; name: string; message: string };

const broke = "The upload broke off, and nothing was kept. Check the connection and try again.";

function answerOf(request: XMLHttpRequest): { importId: string } | string {
  const answer = request.response as { ok: true; data: { importId: string } } | Failure | null;
  if (answer?.ok) return answer.data;
  return answer?.message ?? broke;
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
    request.open("POST", `${importPath}/upload?name=${encodeURIComponent(name)}`);
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
      const answer = answerOf(request);
      if (typeof answer === "string") return refuse(answer);
      router.push(`${importPath}/${answer.importId}`);
    };
    setUpload({ state: "uploading", name, sent: 0, size });
    announce(`Uploading ${name}`);
    request.send(file);
  }

  return { upload, start, cancel: () => running.current?.abort() };
}
