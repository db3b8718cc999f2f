import { ResonateTimeoutException } from "@resonatehq/sdk";
import pRetry from "p-retry";

// #region until-answered
/**
 * Asks for a run until it is answered: while the server is away the SDK
 * refuses at once, and asking for the same id again is safe. Throws
 * what the run ended with, what a server says that is there, and when
 * the signal says that it is enough.
 */
export function untilAnswered<T>(
  ask: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return pRetry(ask, {
    ...(signal && { signal }),
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 200, // milliseconds
    maxTimeout: 2_000,
    randomize: true,
    shouldRetry: ({ error }) =>
      error instanceof ResonateTimeoutException && // not a run's
      !error.message.includes("HTTP 4"),
  });
}
// #endregion until-answered
