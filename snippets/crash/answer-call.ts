import type { Request } from "@resonatehq/sdk";
import type { Engine, World } from "./scenario.ts";
import type { Server } from "./server.ts";
import type { Call } from "./wire.ts";

// #region answer-call
/**
 * Does what is called for, by a worker that may be dead by now: a call
 * can come late. When the run has nothing left to do but to wait, its
 * pause passes, or else the world is told. `broken` is told what the
 * world then finds wrong.
 */
export function answerCalls(
  { server, world }: { server: Server; world: World },
  engine: Engine,
  broken: (reason: unknown) => void,
) {
  const send = async (request: Request) => {
    const response = await server.send(request);
    const waits = request.kind === "task.suspend";
    if (!waits || response.head.status !== 200) return response;
    if (!(await server.passPause()))
      await world.atRest?.(engine).catch(broken);
    return response;
  };
  return async ({ to, method, args }: Call) => {
    try {
      if (to === "server")
        return { value: await send(args[0] as Request) };
      const service = world.services[to];
      if (!service) throw new Error(`there is no service ${to}`);
      return { value: await service(method, args) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };
}
// #endregion answer-call
