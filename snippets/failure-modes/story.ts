import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../program.ts";
import { openStage } from "./stage.ts";
import { Teller } from "./teller.ts";

// #region story
/** Runs a program in which `tell` does, and says, what happens. */
export async function story(
  name: string,
  about: string,
  tell: (teller: Teller, id: string) => Promise<void>,
) {
  const usage = `\
usage: npx tsx snippets/failure-modes/${name}.ts [--id ID]

${about}
It starts a server of its own, unless RESONATE_URL names one. A server
that has heard of the transfer before wants another --id.`;
  const options = { id: { type: "string", default: name } } as const;
  await program(usage, { options }, async ({ values }) => {
    const folder = mkdtempSync(join(tmpdir(), "transfer-"));
    process.once("exit", () => rmSync(folder, { recursive: true }));
    process.once("SIGINT", () => process.exit(130));
    const url = process.env["RESONATE_URL"];
    const stage = await openStage(name, folder, url);
    try {
      await tell(new Teller(stage), String(values["id"]));
    } finally {
      await stage.close();
    }
  });
}
// #endregion story
