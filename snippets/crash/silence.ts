import type { Logger } from "@resonatehq/sdk";

const nothing = () => {};

/** For workers that lose their lease on purpose: they would say so. */
export const silence: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
