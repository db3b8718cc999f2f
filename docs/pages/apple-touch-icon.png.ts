import sharp from "sharp";

/** The icon of the site, as a phone's home screen wants it: no clear parts. */
export async function GET(): Promise<Response> {
  const icon = await sharp("docs/public/favicon.svg", { density: 300 })
    .resize(132)
    .extend({ top: 24, bottom: 24, left: 24, right: 24, background: "#ffffff" })
    .flatten({ background: "#ffffff" })
    .png()
    .toBuffer();
  return new Response(new Uint8Array(icon));
}
