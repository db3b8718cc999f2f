import type { Scenario } from "../crash/scenario.ts";
import type { BankWorld } from "./bank-world.ts";
import { ends } from "./ends.ts";
import {
  alicePaysDave,
  closeAlice,
  closeBob,
  events,
  reopenAlice,
} from "./events.ts";

// #region paths
const closeBoth = async (world: BankWorld) => {
  await closeBob(world);
  await closeAlice(world);
};
const westIsBack = ({ links }: BankWorld) => {
  links.west.always = undefined;
};

/** What the transfer meets, and which ends are right then. */
export const paths: Scenario<BankWorld>["paths"] = {
  "west accepts": { ends: ["committed"] },
  "west refuses": { before: [closeBob], ends: ["compensated"] },
  "alice has too little": {
    before: [alicePaysDave],
    ends: ["refused"],
  },
  "the answers are lost": {
    before: [
      ({ links }) => {
        links.east.next = ["answer lost"];
        links.west.next = ["answer lost"];
      },
    ],
    ends: ["committed"],
  },
  "the credit is held, and bob's account closed": {
    before: [
      ({ links }) => {
        links.west.next = ["request held"];
      },
      closeBob,
    ],
    ends: ["committed", "compensated"],
  },
  "west is away for long": {
    before: [
      (world) => {
        world.links.west.always = "503";
        world.decisions = [["retry", westIsBack]];
      },
    ],
    ends: ["parked, then committed"],
  },
  "west is away, and somebody gives up": {
    before: [
      (world) => {
        world.links.west.always = "request held";
        world.decisions = [["undo", westIsBack]];
      },
    ],
    ends: ["parked, then compensated"],
  },
  "alice's account is closed for a while": {
    before: [
      async (world) => {
        await closeBoth(world);
        world.decisions = [["retry", reopenAlice]];
      },
    ],
    ends: ["parked, then compensated"],
  },
  "alice's account is closed for good": {
    before: [
      async (world) => {
        await closeBoth(world);
        world.decisions = [["write off"]];
      },
    ],
    ends: ["parked, then written off"],
  },
  "anything may happen": {
    ends: Object.keys(ends).flatMap((end) => [
      end,
      `parked, then ${end}`,
    ]),
    events: Object.keys(events),
  },
};
// #endregion paths
