import { program } from "./program.ts";

/** Runs a program, of which no server is to know. */
export async function onStage(
  name: string,
  about: string,
  main: () => Promise<void>,
): Promise<void> {
  const usage = `\
usage: npx tsx snippets/${name}.ts

${about}`;
  await program(usage, {}, async () => {
    if (process.env["RESONATE_URL"])
      throw new Error(
        "unset RESONATE_URL: this program keeps its runs in memory",
      );
    await main();
  });
}
