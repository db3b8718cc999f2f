/**
 * Prints what each page of the built site weighs, and what Lighthouse says of
 * it on a phone. Its score falls on a machine that is slow or busy: its index
 * of the machine stands beside it, and ought to be over 1000. Weighs the pages
 * that are named, or all.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Load, loadOf } from "../support/load.ts";
import { chromiumPath, serveSite } from "../support/site.ts";
import { sitePages, visitEach } from "../support/site-pages.ts";

const named = process.argv.slice(2);
const paths = sitePages().filter(
  (path) => !named.length || named.includes(path),
);

const loads = new Map<string, Load>();
await visitEach(paths, {}, async (page, address) => {
  loads.set(new URL(address).pathname, await loadOf(page, address));
});

/** The scores, of 100, by Lighthouse's own process. */
async function lighthouse(address: string) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "test/weigh/node_modules/lighthouse/cli/index.js",
      address,
      ...["--quiet", "--output=json", "--chrome-flags=--headless --no-sandbox"],
    ],
    {
      env: { ...process.env, CHROME_PATH: chromiumPath() },
      maxBuffer: 2 ** 26,
    },
  );
  const { categories, environment } = JSON.parse(stdout);
  const score = (name: string) => Math.round(categories[name].score * 100);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    "best practices": score("best-practices"),
    SEO: score("seo"),
    "index of the machine": environment.benchmarkIndex,
  };
}

const site = await serveSite("dist");
const rows: Record<string, object> = {};
for (const path of paths) {
  const { requests, bytes, scriptBytes } = loads.get(`/${path}`) as Load;
  rows[`/${path}`] = {
    requests,
    "KB, gzip": Math.round(bytes / 1024),
    "of it scripts": Math.round(scriptBytes / 1024),
    ...(await lighthouse(site.home + path)),
  };
}
console.table(rows);
site.close();
