import { existsSync, readFileSync } from "node:fs";
import type { Saga } from "../crash-matrix/transfer-world.ts";
import { harmOf } from "../find-out/harm-of.ts";
import { program } from "../support/program.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { NTH } from "./game.ts";
import { fromLink } from "./plan.ts";
import { playOut } from "./play-out.ts";
import { sagaIn } from "./saga-in.ts";
import { story } from "./story.ts";

const USAGE = `\
usage: npx tsx snippets/crash-lab/replay.ts [--saga FILE] LINK

Plays a run of the crash lab in the terminal. LINK is an address of the
lab, or the end of one: 'amount=5000&fault=after:write-debit'. Quote it,
since a shell reads an & itself. LINK may also be a file that has one,
such as a run that was copied as a test.

  --saga FILE   not with our saga, but with the one that FILE exports`;

const options = { saga: { type: "string" } } as const;
const args = { options, allowPositionals: true };
await program(USAGE, args, async ({ values, positionals: [link] }) => {
  if (link === undefined) throw new Error("which LINK? See --help");
  const { saga } = values;
  const own = saga
    ? { saga: await sagaIn<Saga>(`${saga}`), steps: NTH }
    : undefined;
  // #region replay
  const text = existsSync(link) ? readFileSync(link, "utf8") : link;
  const [found] = /amount=[^"'\s]*/.exec(text) ?? [];
  if (found === undefined)
    throw new Error(`${link} is no link to a run, nor a file with one`);
  const plan = fromLink(found);
  const played = await playOut(() => openLedger(), plan, own);
  const told = story({ ...played, answers: [played.answer] });
  for (const sentence of told) console.log(sentence);
  console.log(harmOf(plan, played) ?? "The money is right.");
  // #endregion replay
});
