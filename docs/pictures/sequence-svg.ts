import { html, nothing, svg } from "lit-html";
import { LANES, type sequence, WIDTH } from "./sequence.ts";
import { arrow, cross } from "./strokes.ts";

type Drawing = ReturnType<typeof sequence>;

const MIDDLE = {
  server: (LANES.server + LANES.worker) / 2,
  ledger: (LANES.worker + LANES.ledger) / 2,
};
const WORKERS = 3; // as many as have a colour of their own

/** A run as a picture, which says nothing to those who cannot see it. */
export function sequenceSvg(drawing: Drawing) {
  const { arrows, marks, texts, lives, height } = drawing;
  return html`<svg
    viewBox="0 0 ${WIDTH} ${height}"
    width=${WIDTH}
    aria-hidden="true"
  >
    <text x="0" y="14" class="head">server</text>
    <text x=${WIDTH} y="14" class="head" text-anchor="end">ledger</text>
    ${[LANES.server, LANES.ledger].map(
      (x) => svg`<line x1=${x} x2=${x} y1="22" y2=${height} class="lane" />`,
    )}
    ${lives.map(life)}
    ${arrows.map(({ y, from, to, worker, isOpen }) => {
      const kind = `arrow ${colour(worker)} ${isOpen ? "open" : ""}`;
      return svg`<path d=${arrow(from, to, y)} class=${kind} />`;
    })}
    ${marks.map(mark)}
    ${texts.map(
      ({ y, side, tone, words }) =>
        svg`<text x=${MIDDLE[side]} y=${y} text-anchor="middle" class=${tone}>${words}</text>`,
    )}
  </svg>`;
}

const colour = (worker: number) => `worker-${((worker - 1) % WORKERS) + 1}`;

function life({ worker, top, bottom, stop, lease }: Drawing["lives"][number]) {
  const x = LANES.worker;
  const strokes = {
    killed: cross(x, bottom, 8),
    frozen: `M${x - 5} ${bottom - 8}v16m10 0v-16`,
  };
  const kept = lease
    ? svg`<rect x=${x - 7} y=${lease.top} width="14" height=${lease.bottom - lease.top} rx="3" class="lease" />`
    : nothing;
  const end = stop ? svg`<path d=${strokes[stop]} class="cross" />` : nothing;
  return svg`<g class=${colour(worker)}>
    ${kept}
    <line x1=${x} x2=${x} y1=${top + 18} y2=${bottom} class="life" />
    <text x=${x} y=${top + 14} text-anchor="middle" class="head">worker ${worker}</text>
    ${end}
  </g>`;
}

function mark({ y, side, kind }: Drawing["marks"][number]) {
  const x = LANES[side];
  if (kind === "there")
    return svg`<rect x=${x - 6} y=${y - 6} width="12" height="12" class="there" />`;
  const line = svg`<path d=${`M${x - 4} ${y + 4}l8 -8`} />`;
  return svg`<g class=${kind}>
    <circle cx=${x} cy=${y} r="6" />
    ${kind === "rejected" ? line : nothing}
  </g>`;
}
