/** What the SDK does unless it is told otherwise, asked of the SDK itself. */
import {
  Exponential,
  LocalNetwork,
  OptionsBuilder,
  Resonate,
} from "@resonatehq/sdk";

const retry = new Exponential();
const { factor, maxDelay, maxRetries } = retry.encode().data;
const options = new OptionsBuilder({ match: (target) => target }).build();

// The lease is private to the client; nothing else says how long it is.
const client = new Resonate({ network: new LocalNetwork() });
const { ttl } = client as unknown as { ttl: number };
await client.stop();

/** Times are in milliseconds. */
const defaults: Record<string, number | null> = {
  "first wait": retry.next(1),
  factor,
  "longest wait": maxDelay,
  retries: maxRetries,
  timeout: options.timeout,
  lease: ttl,
};

/**
 * The SDK's default of that name. Throws when it is not the one that the words
 * of the page were written for, and says which page that is.
 */
export function sdkDefault(page: string, name: string, writtenFor: number) {
  const value = defaults[name];
  if (value === writtenFor) return value;
  const now = value === undefined ? "none of that name" : `${value} now`;
  throw new Error(
    `${page}: it is written for a default "${name}" of ${writtenFor}, ` +
      `and the SDK has ${now}: read the page again`,
  );
}
