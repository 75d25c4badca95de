/** Why a mail was not sent, as far as whoever asked for it is to know. */
export type MailProblem = "unreachable" | "sign_in" | "tls" | "address" | "refused" | "busy";

/** Each as the end of a sentence about the mail. */
const words: Record<MailProblem, string> = {
  unreachable: "the mail server did not answer in time",
  sign_in: "the mail server did not take this server's user name and password",
  tls: "no safe connection to the mail server could be made",
  address: "the mail server does not take mails to this address",
  refused: "the mail server refused it",
  busy: "too many mails are being sent at this moment",
};

/** What is said of a mail that was not sent. */
export function mailSentence(to: string, problem: MailProblem): string {
  return `The mail to ${to} was not sent: ${words[problem]}.`;
}
