import { program } from "../support/program.ts";
import { closeAccount, reopenAccount } from "../transfer/accounts.ts";
import { transferBetweenBanks } from "../transfer/two-banks/saga.ts";
import { alicePaysBob, short } from "./alice-pays-bob.ts";
import { decideNext } from "./decide-next.ts";
import { believes } from "./flawed/believes.ts";
import { forgetsRefusals } from "./flawed/forgets-refusals.ts";
import { otherKey } from "./flawed/other-key.ts";
import { answersFirst, forgets, storesErrors } from "./other-banks.ts";
import { openStage } from "./stage.ts";
import { tell } from "./tell.ts";

const ours = transferBetweenBanks;

// #region kinds
const kinds = {
  async errors() {
    const wrong = await openStage(otherKey, storesErrors());
    const { status } = await wrong.run(alicePaysBob("t1", short));
    await tell(`a new key after an error: ${status}`, wrong.stores);
    await wrong.stop();
    const right = await openStage(ours, storesErrors());
    const end = right.run(alicePaysBob("t1", short));
    await decideNext(right, "undo");
    await tell(
      `the key is closed: ${(await end).status}`,
      right.stores,
    );
    await right.stop();
  },

  async refusals() {
    for (const said of [false, true]) {
      const stage = await openStage(ours, forgetsRefusals);
      const { banks, links, stores } = stage;
      banks.west.forgetsRefusals = said;
      links.west.next = ["request held"];
      await closeAccount(stores.west, "bob");
      const end = stage.run(alicePaysBob("t1", short));
      const arrives = async () => {
        await reopenAccount(stores.west, "bob");
        await links.west.arrive();
      };
      if (said) await decideNext(stage, "made", arrives);
      const { status } = await end;
      if (!said) await arrives();
      const how = said ? "the statement is read" : "a no is believed";
      await tell(`${how}: ${status}`, stores);
      await stage.stop();
    }
  },

  async forgets() {
    const slow = {
      tries: 2,
      firstPauseMs: 2_000,
      longestPauseMs: 2_000,
    };
    for (const said of [false, true]) {
      const stage = await openStage(ours, forgets());
      if (said) stage.banks.west.keepsAnswersMs = 1_000;
      stage.links.west.next = ["answer lost"];
      const end = stage.run(alicePaysBob("t1", slow));
      if (said) await decideNext(stage, "made");
      const how = said ? "the statement is read" : "asked again";
      await tell(`${how}: ${(await end).status}`, stage.stores);
      await stage.stop();
    }
  },

  async first() {
    for (const saga of [believes, ours]) {
      const stage = await openStage(saga, answersFirst());
      const order = alicePaysBob("t1", short);
      await stage.run({ ...order, amountCents: 10_00 });
      await stage.forgetRuns();
      const end = stage.run(order);
      if (saga === ours) await decideNext(stage, "refused");
      const what = `${saga.name}, 50.00: ${(await end).status}`;
      await tell(what, stage.stores);
      await stage.stop();
    }
  },
} satisfies Record<string, () => Promise<void>>;
// #endregion kinds

const USAGE = `\
usage: npx tsx snippets/two-banks/other-bank.ts KIND

A transfer at banks of another kind, done wrong and done right. KIND is
one of ${Object.keys(kinds).join(", ")}.`;

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals: [kind = ""] }) => {
  if (!(kind in kinds))
    throw new Error(`KIND is one of ${Object.keys(kinds).join(", ")}`);
  await kinds[kind as keyof typeof kinds]();
});
