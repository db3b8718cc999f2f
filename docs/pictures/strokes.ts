/** An arrow between two lanes, at that height; it leaves room for a mark. */
export function arrow(from: number, to: number, y: number): string {
  const way = Math.sign(to - from);
  return `M${from + way * 3} ${y}H${to - way * 9}m${-6 * way} -4l${6 * way} 4l${-6 * way} 4`;
}

/** A cross with its centre there, which reaches so far. */
export const cross = (x: number, y: number, reach: number): string =>
  `M${x - reach} ${y - reach}l${2 * reach} ${2 * reach}m0 ${-2 * reach}l${-2 * reach} ${2 * reach}`;
