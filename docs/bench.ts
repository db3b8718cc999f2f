import { median } from "../test/bench/in-turns.ts";
import bench from "../test/outputs/bench.json";
import deaths from "../test/outputs/deaths.json";
import peers from "../test/outputs/peers.json";

type Engines = Record<string, { alone: number; together: number }>;

const each = (engines: Engines, key: "alone" | "together") =>
  Object.fromEntries(
    Object.entries(engines).map(([name, ms]) => [name, ms[key]]),
  );

/** Milliseconds of a transfer on each engine, and of the writes without one. */
export const alone = {
  "two writes, and no engine": bench.floor.file.bare,
  ...each(bench.engines, "alone"),
};
const kept = Object.entries(bench.engines)
  .filter(([name]) => !["in process", "dev server"].includes(name))
  .map(([, { alone }]) => alone);
/** Of the engines whose records outlive them. */
export const durable = { least: Math.min(...kept), most: Math.max(...kept) };
export const together = each(bench.engines, "together");
export const beside = {
  alone: each(peers.found, "alone"),
  together: each(peers.found, "together"),
};

/** Seconds of many transfers on each engine that workers can share. */
export const many = Object.entries(bench.many).map(([name, seconds]) => [
  name,
  median(seconds),
  Math.max(...seconds),
]);

/** How much more it is, in a hundred. */
export const more = (one: number, than: number) =>
  ((one / than - 1) * 100).toFixed(0);

/** What dies, with which option of the server, and what it costs. */
export const costs = Object.entries(deaths.found).map(([name, seconds]) => {
  const [what, option = "nothing"] = name.split(", with ");
  return [what, option, seconds.endedS, seconds.toldS];
});
