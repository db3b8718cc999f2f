/**
 * The picture that others show beside a link to the site: what the crash matrix
 * found. Pango sets the words and libvips draws, both from sharp, which Astro
 * has anyway; satori would have brought another thirty megabytes.
 */
import { resolve } from "node:path";
import sharp from "sharp";
import matrix from "../test/outputs/crash-matrix.json";
import { lastRun } from "./last-run.ts";

export const cardSize = { width: 1200, height: 630 };

const [title, ...lines] = [
  "A transfer you can crash",
  "A worker is killed at every point. Another one finishes.",
  ...lastRun.map(({ name, found }) => `${name}: ${found}`),
] as const;

/** The same in words. */
export const cardSays = [title, ...lines].join(". ");

/** A row for each path, a square for each death, coloured by its end. */
function squares(): string {
  const paths = [...new Set(matrix.deaths.map(({ path }) => path))];
  const drawn = paths.flatMap((path, row) =>
    matrix.deaths
      .filter((death) => death.path === path)
      .map(({ end }, column) => {
        const colour = end === "committed" ? "#3fbf83" : "#e3a04f";
        const at = `x="${80 + column * 43}" y="${252 + row * 43}"`;
        return `<rect ${at} width="34" height="34" rx="5" fill="${colour}"/>`;
      }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">${drawn.join("")}</svg>`;
}

const words = (text: string, left: number, top: number, size: number) => ({
  input: {
    text: {
      text: `<span foreground="${size > 40 ? "#ffffff" : "#c9d3cd"}">${text}</span>`,
      font: `Public Sans SemiBold ${size}`,
      fontfile: resolve(
        "node_modules/@expo-google-fonts/public-sans/600SemiBold/PublicSans_600SemiBold.ttf",
      ),
      rgba: true,
      dpi: 72,
    },
  },
  left,
  top,
});

/** Draws it, as PNG. */
export function drawCard(): Promise<Buffer> {
  const background = "#10211a";
  return sharp({ create: { ...cardSize, channels: 3, background } })
    .composite([
      { input: Buffer.from(squares()) },
      words(title, 80, 80, 76),
      ...lines.map((line, n) => words(line, 80, [182, 458, 512][n] ?? 0, 32)),
    ])
    .png()
    .toBuffer();
}
