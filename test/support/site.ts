import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { relative } from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { chromium } from "playwright-core";
import { readersEnv } from "./readers-env.ts";

/** The pages as files, compressed, below `base`, and nothing else. */
export async function serveSite(folder: string, base = "/") {
  const root = relative(process.cwd(), folder);
  const rewriteRequestPath = (path: string) => path.slice(base.length - 1);
  const app = new Hono();
  app.use(compress());
  app.use(`${base}*`, serveStatic({ root, rewriteRequestPath }));
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    home: `http://127.0.0.1:${port}${base}`,
    close: () => void server.close(),
  };
}

/** Builds the site into `folder`, to be served below `base` of a public address. */
export function buildSite(folder: string, base: string, site = "") {
  const options = ["--outDir", folder, "--base", base];
  execFileSync("npx", ["astro", "build", ...options], {
    stdio: "pipe",
    env: { ...readersEnv, SITE: site },
  });
}

/** Where Chromium is. Throws if it is not there. */
export function chromiumPath(): string {
  const path = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(path))
    throw new Error(
      `there is no ${path}: install Debian's package chromium, or name another by CHROMIUM`,
    );
  return path;
}

/** Chromium, which has no sandbox where it runs as root. */
export function openBrowser() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ["--no-sandbox", "--disable-background-networking"],
  });
}
