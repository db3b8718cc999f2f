import { drawCard } from "../card.ts";

/** The picture for links to this site. */
export async function GET(): Promise<Response> {
  return new Response(new Uint8Array(await drawCard()));
}
