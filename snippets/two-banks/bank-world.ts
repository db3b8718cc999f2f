import type { MessageFault } from "../crash/crash-point.ts";
import { serviceOf } from "../crash/database.ts";
import { httpService } from "../crash/http.ts";
import type {
  Database,
  Engine,
  Service,
  World,
} from "../crash/scenario.ts";
import { answerRequest } from "../transfer/bank/answer-request.ts";
import type { BankOrder } from "../transfer/two-banks/bank-order.ts";
import { decideParked } from "../transfer/two-banks/decide-parked.ts";
import {
  byStatement,
  type Choice,
  decisionOn,
} from "../transfer/two-banks/decision.ts";
import {
  openParks,
  type Park,
} from "../transfer/two-banks/parked-list.ts";
import { checkPark, endOf, entriesAt } from "./ends.ts";
import { events } from "./events.ts";
import { Link } from "./link.ts";
import type { Stores } from "./open-banks.ts";

// #region bank-world
/** Two banks, the ways to them, and somebody who decides. */
export class BankWorld implements World {
  readonly order: BankOrder;
  readonly stores: Stores<Database>;
  readonly links = { east: new Link(), west: new Link() };
  readonly services: World["services"];
  /** At each park in turn: what is decided, and what is done first. */
  decisions: [Choice, ((world: BankWorld) => unknown)?][] = [];
  /** How often it was parked. */
  parks = 0;

  constructor(
    order: BankOrder,
    stores: Stores<Database>,
    answers = answerRequest,
  ) {
    this.order = order;
    this.stores = stores;
    const over = (name: "east" | "west"): Service =>
      httpService((request) =>
        this.links[name].pass(request, (each) =>
          answers(stores[name], each),
        ),
      );
    this.services = {
      east: over("east"),
      west: over("west"),
      parked: serviceOf(stores.parked),
    };
  }

  /** Somebody finds out that it is parked, and decides. */
  async atRest(engine: Engine) {
    const [park] = await openParks(this.stores.parked);
    if (!park) return; // it is not listed yet, or decided already
    await checkPark(this, park);
    const [choice, first] =
      this.decisions[this.parks] ?? this.#any(park);
    this.parks += 1;
    await first?.(this);
    const said = decisionOn(park.park, choice, "carol", "it is time");
    await decideParked(engine, this.stores.parked, said);
  }

  /** Where nothing else was said: each choice in turn. */
  #any({ choices }: Park): [Choice] {
    const all = choices.filter(
      (choice) => !byStatement.includes(choice),
    );
    return [all[this.parks % all.length] as Choice];
  }

  written = () => entriesAt(this.stores, this.order.id);

  happen = (event: string) => events[event]?.(this);

  meet(service: string, fault: MessageFault) {
    if (service === "east" || service === "west")
      this.links[service].next.push(fault);
  }

  async check(answer: unknown) {
    for (const link of Object.values(this.links)) await link.arrive();
    return endOf(this, answer as { status: string });
  }

  async close() {
    for (const db of Object.values(this.stores)) await db.close();
  }
}
// #endregion bank-world
