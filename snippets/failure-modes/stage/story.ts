import { givenServer } from "../../support/check-server.ts";
import { formatCents } from "../../support/format-cents.ts";
import { program } from "../../support/program.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { audit } from "../../transfer/accounts.ts";
import { Narrator } from "./narrator.ts";
import { openStage } from "./stage.ts";

// #region story
/**
 * Runs a program in which `tell` does, and says, what happens. Its
 * workers are a group of their own: a run that an earlier program left
 * on the server is not theirs. Throws when money is missing at the end.
 */
export async function story(
  name: string,
  about: string,
  tell: (narrator: Narrator, id: string) => Promise<void>,
) {
  const usage = `\
usage: npx tsx snippets/failure-modes/${name}.ts [--id ID]

${about}
It starts a server of its own, unless RESONATE_URL names one. A server
that has heard of the transfer before wants another --id.`;
  const options = { id: { type: "string", default: name } } as const;
  await program(usage, { options }, async ({ values }) => {
    const url = await givenServer();
    const folder = temporaryFolder("transfer");
    const group = `${name}-${crypto.randomUUID()}`;
    const stage = await openStage(group, folder, url);
    try {
      await tell(new Narrator(stage), String(values["id"]));
      const { seededCents, heldCents } = await audit(stage.db);
      const [seeded, held] = [seededCents, heldCents].map(formatCents);
      if (held !== seeded)
        throw new Error(`${seeded} were put in, and ${held} are there`);
    } finally {
      await stage.close();
    }
  });
}
// #endregion story
