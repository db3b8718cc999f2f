import type { Service } from "./scenario.ts";
import type { CallService } from "./wire.ts";

type Plain = { status: number; body: string };

// #region http
/** `fetch`, from a server that is elsewhere: each request is a call. */
export function fetchOver(call: CallService, to: string) {
  return async (request: Request): Promise<Response> => {
    const { method, url, headers } = request;
    const { pathname } = new URL(url);
    const body = await request.text();
    const head = [...headers].flat();
    const answer = await call({
      to,
      method: pathname.slice(1),
      args: [`${method} ${url}`, body, ...head],
    });
    const { status, body: text } = answer as Plain;
    return new Response(text, { status });
  };
}

/** What answers such calls, from what answers such requests. */
export function httpService(
  answer: (request: Request) => Promise<Response>,
): Service {
  return async (_, [asked, body, ...head]) => {
    const [method = "", url = ""] = `${asked}`.split(" ");
    const headers = new Headers();
    for (let at = 0; at < head.length; at += 2)
      headers.set(`${head[at]}`, `${head[at + 1]}`);
    const sent = body === "" ? {} : { body: `${body}` };
    const request = new Request(url, { method, headers, ...sent });
    const response = await answer(request);
    return { status: response.status, body: await response.text() };
  };
}
// #endregion http
