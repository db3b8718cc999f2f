import { Resonate } from "@resonatehq/sdk";
import { program } from "../support/program.ts";

/** Runs a program on a client that keeps everything in memory. */
export async function inMemory(
  name: string,
  about: string,
  main: (resonate: Resonate) => Promise<void>,
): Promise<void> {
  const usage = `\
usage: npx tsx snippets/primitives/${name}.ts

${about}`;
  await program(usage, {}, async () => {
    if (process.env["RESONATE_URL"])
      throw new Error(
        "unset RESONATE_URL: this program keeps its runs in memory",
      );
    const resonate = new Resonate({ logLevel: "error" });
    try {
      await main(resonate);
    } finally {
      await resonate.stop();
    }
  });
}
