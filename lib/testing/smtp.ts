import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** What a mail server does that does not take every mail. */
export type SmtpFault = "silent" | "refuses_recipient" | "refuses_password" | "refuses_message";

/** A mail as it came: `text` is decoded. */
export interface TakenMail {
  from: string;
  to: string;
  subject: string;
  text: string;
}

/** A mail server of this process, which keeps what it is sent. */
export interface SmtpDouble {
  /** As `SMTP_URL` has it. */
  url: string;
  mails: TakenMail[];
  /** User names and passwords that were given, as `user:password`. */
  credentials: string[];
  fault: SmtpFault | null;
  stop(): Promise<void>;
}

const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? "";

function readMail(message: string): Pick<TakenMail, "subject" | "text"> {
  const [head = "", ...rest] = message.split("\r\n\r\n");
  const fields = head.replace(/\r\n[ \t]+/g, " ");
  const body = rest.join("\r\n\r\n").replace(/^\.\./gm, ".");
  const bytes = /quoted-printable/i.test(fields)
    ? body
        .replace(/=\r\n/g, "")
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : /base64/i.test(fields)
      ? Buffer.from(body, "base64").toString("latin1")
      : body;
  const text = Buffer.from(bytes, "latin1").toString("utf8").replaceAll("\r\n", "\n");
  return { subject: /^Subject: (.*)$/m.exec(fields)?.[1]?.trim() ?? "", text };
}

function converse(socket: Socket, server: SmtpDouble): void {
  let waiting = "";
  let envelope = { from: "", to: "" };
  let inMessage = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const answers: [RegExp, (line: string) => void][] = [
    [/^EHLO/, () => say("250-double\r\n250 AUTH PLAIN")],
    [
      /^AUTH PLAIN/,
      (line) => {
        const [, user, password] = Buffer.from(line.slice(11), "base64").toString().split("\0");
        server.credentials.push(`${user}:${password}`);
        say(server.fault === "refuses_password" ? "535 5.7.8 no" : "235 2.7.0 yes");
      },
    ],
    [
      /^MAIL FROM/,
      (line) => {
        envelope = { from: addressIn(line), to: "" };
        say("250 yes");
      },
    ],
    [
      /^RCPT TO/,
      (line) => {
        envelope.to = addressIn(line);
        say(server.fault === "refuses_recipient" ? `550 5.1.1 <${envelope.to}> is nobody` : "250 yes");
      },
    ],
    [
      /^DATA/,
      () => {
        inMessage = true;
        say("354 go on");
      },
    ],
    [/^QUIT/, () => socket.end("221 bye\r\n")],
    [/^/, () => say("250 yes")],
  ];
  socket.setEncoding("latin1").on("error", () => undefined);
  socket.on("data", (chunk: string) => {
    if (server.fault === "silent") return;
    waiting += chunk;
    for (let end = waiting.indexOf(inMessage ? "\r\n.\r\n" : "\r\n"); end >= 0; ) {
      const taken = waiting.slice(0, end);
      waiting = waiting.slice(end + (inMessage ? 5 : 2));
      if (inMessage) {
        inMessage = false;
        if (server.fault === "refuses_message") say("554 5.7.1 looks like spam");
        else {
          server.mails.push({ ...envelope, ...readMail(`${taken}\r\n`) });
          say("250 taken");
        }
      } else answers.find(([sign]) => sign.test(taken))?.[1](taken);
      end = waiting.indexOf(inMessage ? "\r\n.\r\n" : "\r\n");
    }
  });
  if (server.fault !== "silent") say("220 double");
}

/** Starts a mail server on loopback that takes everything, unless it is told a fault. @param port 0 for any free one */
export async function startSmtp(port = 0): Promise<SmtpDouble> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    converse(socket, double);
  }).listen(port, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const double: SmtpDouble = {
    url: `smtp://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    mails: [],
    credentials: [],
    fault: null,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
  return double;
}
