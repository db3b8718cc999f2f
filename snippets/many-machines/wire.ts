import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

// #region wire
/**
 * A way to the Postgres at `url`, on loopback, which can be cut: then
 * what is sent still arrives, and its answer does not.
 */
export async function startWire(url: string) {
  const { hostname, port } = new URL(url);
  let cutting = false;
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    near.pipe(far);
    far.on("data", (answer) => {
      if (!cutting) return near.write(answer);
      cutting = false;
      return near.destroy();
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on("error", () => {}).on("close", () => other.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = new URL(url);
  address.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: address.href,
    /** Cuts it when the next answer comes. */
    cut() {
      cutting = true;
    },
    close: () => void server.close(),
  };
}
// #endregion wire
