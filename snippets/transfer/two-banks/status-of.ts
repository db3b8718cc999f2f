import { Codec, type Resonate } from "@resonatehq/sdk";
import type { LedgerDb } from "../ledger.ts";
import type { BankOrder } from "./bank-order.ts";
import { openParks } from "./parked-list.ts";
import type { BankResult } from "./saga.ts";

// #region status-of
/** What is known of a transfer, and where its cents are. */
export interface Status {
  transferId: string;
  status: BankResult["status"] | "running" | "parked" | "lost";
  amountCents: number;
  /** The account that has them, or what to do to find out. */
  where: string;
}

/**
 * Answers at any time. A transfer that runs or is parked must not be
 * made again under another id. `lost` is a run that the engine has
 * ended by itself, or that was canceled: the list of open transfers
 * tells what it left. Throws when there is no such run, or it moved
 * nothing. It reads no run of a client that has an encryptor.
 */
export async function statusOf(
  { promises }: Pick<Resonate, "promises">,
  parked: LedgerDb,
  transferId: string,
): Promise<Status> {
  const codec = new Codec();
  const run = await promises.get(transferId);
  const [order] = codec.decode(run.param).args as [BankOrder];
  const { amountCents, source, sourceBank, target, targetBank } = order;
  const known = (status: Status["status"], where: string): Status => ({
    transferId,
    status,
    amountCents,
    where,
  });
  const end = codec.decode(run.value) as BankResult | Error | undefined;
  if (end instanceof Error && end.name === "InvalidTransfer") throw end;
  if (run.state === "pending") {
    const parks = await openParks(parked);
    const park = parks.find((each) => each.transferId === transferId);
    if (!park) return known("running", "on its way: do not pay again");
    return known("parked", `${park.key}: ${park.reason}`);
  }
  if (run.state !== "resolved")
    return known("lost", "see the list of open transfers");
  const { status } = end as BankResult;
  const from = `${source} at ${sourceBank}`;
  const where = {
    committed: `${target} at ${targetBank}`,
    compensated: from,
    refused: from,
    "written off": `losses at ${sourceBank}`,
  };
  return known(status, where[status]);
}
// #endregion status-of
