import { randomUUID } from "node:crypto";
import { Resonate } from "@resonatehq/sdk";
import { silence } from "../crash/silence.ts";
import { serverUrl } from "./program.ts";

// #region check-server
/**
 * For a program, before it works with a server. Throws one clear line
 * when the server does not answer, or refuses the id of a step as this
 * SDK makes it: then a run would ask ten times a second, for ever.
 */
export async function checkServer(
  { promises }: Pick<Resonate, "promises">,
  url: string,
): Promise<void> {
  const { protocol, host } = new URL(url); // and no password
  const at = `${protocol}//${host}`;
  const origin = `check-${randomUUID()}`;
  const inASecond = Date.now() + 1_000; // and nobody waits for it
  await promises
    .create(`${origin}:0`, inASecond, {
      tags: { "resonate:origin": origin },
    })
    .catch((cause: Error) => {
      const { message } = cause;
      let problem = `the server at ${at} says: ${message}`;
      if (message.includes("HTTP 400"))
        problem =
          `the server at ${at} refuses the ids of this SDK: ` +
          "take another version of the server, or of the SDK";
      if (/fetch failed|ECONNREFUSED/.test(message))
        problem = `nothing answers at ${at}: start the server`;
      throw new Error(problem, { cause });
    });
}
// #endregion check-server

// #region given-server
/** The server that `RESONATE_URL` names, if any. It was checked. */
export async function givenServer(): Promise<string | undefined> {
  const url = serverUrl();
  if (!url) return undefined;
  const client = new Resonate({ url, logger: silence });
  await checkServer(client, url).finally(() => client.stop());
  return url;
}
// #endregion given-server
