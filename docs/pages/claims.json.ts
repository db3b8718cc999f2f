import { claimRows } from "../claimed.ts";

/** What the page of all claims says, for a program. */
export async function GET(): Promise<Response> {
  return Response.json(await claimRows());
}
