/** What the SDK brings and a page has no use for, in the browser's build. */
const lean = {
  // Each browser has one of its own.
  eventsource: "export const EventSource = globalThis.EventSource;",
  // Schedules alone need it, and the lab has none.
  "cron-parser": `export const CronExpressionParser = {
    parse() { throw new Error("the crash lab has no schedules"); },
  };`,
};

/** A plugin of Vite's: it keeps the lab's download small. */
export function leanSdk() {
  return {
    name: "lean-sdk",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    resolveId: (id) => (id in lean ? `\0${id}` : undefined),
    load: (id) => lean[id.slice(1)],
  };
}
