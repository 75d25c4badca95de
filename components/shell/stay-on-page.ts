/** The id of the live region of the root layout that says what the page is waiting for. */
export const connectionId = "connection";

type Words = { noConnection: string; noAnswer: string };

const words: Words = {
  noConnection:
    "No connection to the server. What you see stays, and the page goes on by itself when the connection is back.",
  noAnswer: "The server is busy or restarting. What you see stays, and the page goes on by itself when it answers.",
};

/**
 * Next asks for pages by `fetch`, and where that fails it has the browser open the address: without a connection, the
 * browser's error page in place of ours. Here such a request waits and asks again (after 0.5 to 8 s, or when the browser is
 * online), and the page says so; after 150 ms on its way it has a mark. An answer that breaks off is held open meanwhile, and
 * its page is opened anew when the server answers, unless somebody has gone on. An action that is answered by something else than
 * ours fails with what that was, for `unreachable` to tell. Runs in the page first, as text: it may use nothing from around it.
 */
function stayOnPage(noteId: string, { noConnection, noAnswer }: Words): void {
  const ask = window.fetch.bind(window);
  const { dataset } = document.documentElement;
  let underway = 0;
  let waiting = 0;
  let latest = 0;
  const say = (text: string) => {
    const note = document.getElementById(noteId);
    if (note && note.textContent !== text) note.textContent = text;
  };

  function whole(answer: Response, turn: number, again: () => Promise<Response>): Response {
    const reader = answer.body?.getReader();
    if (!reader) return answer;
    const body = new ReadableStream({
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          const { body: unread } = await again().catch(() => Response.error());
          unread?.cancel();
          if (turn !== latest) return controller.error(error);
          const address = new URL(answer.url);
          address.searchParams.delete("_rsc");
          if (address.href === location.href) location.reload();
          else location.assign(address);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
    return Object.defineProperty(answer, "body", { value: body });
  }

  async function page(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    latest += 1;
    const turn = latest;
    return whole(await untilAnswered(input, init), turn, () => untilAnswered(input, init));
  }

  async function untilAnswered(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    let waits = false;
    underway += 1;
    const mark = setTimeout(() => {
      dataset.loading = "";
    }, 150);
    try {
      for (let pause = 500; ; pause = Math.min(2 * pause, 8000)) {
        const answer = await ask(input, init).catch((error: unknown) => {
          if (init?.signal?.aborted) throw error;
          return null;
        });
        if (answer && ![502, 503, 504].includes(answer.status)) return answer;
        if (!waits) waiting += 1;
        waits = true;
        say(answer ? noAnswer : noConnection);
        const asked = 1000 * Number(answer?.headers.get("retry-after") ?? 0);
        await new Promise((resume) => {
          addEventListener("online", resume, { once: true });
          setTimeout(resume, Math.max(pause, asked || 0));
        });
      }
    } finally {
      clearTimeout(mark);
      underway -= 1;
      if (waits) waiting -= 1;
      if (underway === 0) delete dataset.loading;
      if (waiting === 0) say("");
    }
  }

  async function action(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const answer = await ask(input, init);
    const { status, redirected, headers } = answer;
    const type = headers.get("content-type") ?? "";
    const ours = ["x-action-redirect", "x-nextjs-action-not-found"].some((name) => headers.has(name));
    if (ours || type.startsWith("text/x-component")) return answer;
    throw Object.assign(new Error(`The answer to an action was ${status} ${type}`), { status, redirected, type });
  }

  window.fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    if (headers.has("next-action")) return action(input, init);
    const ahead = ["next-router-prefetch", "next-router-segment-prefetch"].some((name) => headers.has(name));
    return headers.has("rsc") && !ahead ? page(input, init) : ask(input, init);
  };
}

export const stayOnPageScript = `(${stayOnPage})(${JSON.stringify(connectionId)},${JSON.stringify(words)});`;
