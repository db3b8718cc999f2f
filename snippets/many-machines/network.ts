import {
  ConsoleLogger,
  HttpNetwork,
  type Logger,
  type Network,
  PollMessageSource,
} from "@resonatehq/sdk";
import { PostgresNetwork } from "@resonatehq/sdk/postgres";

// #region network
/**
 * The way to where the engine keeps its records: a Resonate server, or
 * a Postgres that holds Resonate's tables and needs no server.
 */
export function openNetwork(
  url: string,
  group: string,
  pid: string,
  logger: Logger = new ConsoleLogger("warn"),
): Network {
  if (/^postgres(ql)?:/.test(url))
    return new PostgresNetwork({
      connectionString: url,
      group,
      pid,
      logger,
    });
  const at = encodeURIComponent(group);
  const adapter = new PollMessageSource({
    url: `${url}/poll/${at}/${pid}`,
    logger,
  });
  return new HttpNetwork({ url, adapter, logger });
}
// #endregion network
