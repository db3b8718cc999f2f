import { expect, test } from "vitest";
import { openAccount } from "#snippets/transfer/accounts.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import {
  held,
  isDone,
  names,
  open,
  shared,
  underWay,
} from "../support/contract.ts";
import { legsOn } from "../support/legs.ts";

test.for(names)(
  "on %s, a transfer through the account in transit is credited or paid back, and in between the sum of all accounts is the same",
  async (name) => {
    const { db } = await open(name);
    await openAccount(db, IN_TRANSIT, 0);
    const { payIn, payOut, payBack } = await legsOn(db);
    const [t1, t2, t3] = ["t1", "t2", "t3"].map((id) => ({ id }));
    const twice = [payIn(t1), payIn(t1)];
    expect(await Promise.all(twice)).toEqual(["made", "made"]);
    const between = { alice: 150_00, bob: 0, [IN_TRANSIT]: 50_00 };
    expect(await held(db)).toEqual(between);
    expect(await payOut(t1)).toBe("made");
    expect(await payBack(t1)).toBe("credited");
    await payIn(t2);
    expect(await payBack(t2)).toBe("undone");
    await expect(payOut(t2)).rejects.toMatchObject({
      name: "TransferRejected",
    });
    expect(await payIn({ ...t3, amountCents: 150_01 })).toBe("refused");
    await expect(payIn({ ...t1, amountCents: 1 })).rejects.toMatchObject({
      name: "OperationConflict",
    });
    const after = { alice: 150_00, bob: 50_00, [IN_TRANSIT]: 0 };
    expect(await held(db)).toEqual(after);
  },
);

test.for(shared)(
  "on %s, of a credit out of transit and a payment back that are under way at once, one is made, never both, and of each both rows",
  async (name) => {
    for (const first of ["payOut", "payBack"] as const) {
      const ledger = await open(name);
      await openAccount(ledger.db, IN_TRANSIT, 0);
      const { payIn, payOut, payBack } = await legsOn(ledger.db);
      await payIn();
      const transaction = await ledger.begin();
      await (await legsOn(transaction.db))[first]();
      const second = isDone(first === "payOut" ? payBack() : payOut());
      if (name === "Postgres") await underWay(ledger.db, second);
      else expect(await second).toBe(false);
      await transaction.commit();
      await second;

      const isCredited = first === "payOut";
      expect(await payBack()).toBe(isCredited ? "credited" : "undone");
      expect(await isDone(payOut())).toBe(isCredited);
      const [alice, bob] = isCredited ? [150_00, 50_00] : [200_00, 0];
      expect(await held(ledger.db)).toEqual({ alice, bob, [IN_TRANSIT]: 0 });
    }
  },
);
