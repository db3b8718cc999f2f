import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { program } from "../../snippets/support/program.ts";

const USAGE = `\
usage: STEPS=<json> npx tsx test/newest-sdk/what-fell.ts

Prints, as Markdown, what fell: the steps of the workflow, by GitHub's own JSON
of them, and the proofs, by what Vitest wrote to fell-<step>.json. Prints
nothing when nothing fell.`;

/** What Vitest's JSON has of each file. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: {
      title: string;
      status: string;
      failureMessages: string[];
    }[];
  }[];
}

await program(USAGE, {}, async () => {
  const steps: Record<string, { outcome: string }> = JSON.parse(
    process.env["STEPS"] ?? "",
  );
  for (const [step, { outcome }] of Object.entries(steps)) {
    if (outcome !== "failure") continue;
    const report = `fell-${step}.json`;
    console.log(`## ${step}\n`);
    const fallen = existsSync(report) ? fellIn(report) : [];
    console.log(fallen.join("\n") || "It failed; its log says why.");
    console.log();
  }
});

/** A line for each proof that fell, and for each file that did not load. */
function fellIn(path: string): string[] {
  const { testResults }: Report = JSON.parse(readFileSync(path, "utf8"));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = `\`${relative(process.cwd(), name)}\``;
    const fallen = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && fallen.length === 0)
      return [`- ${file} did not run: ${firstLine(message)}`];
    return fallen.map(
      ({ title, failureMessages: [why = ""] }) =>
        `- **${title}** (${file})\n  ${firstLine(why)}`,
    );
  });
}

/** The error itself, without its stack. */
function firstLine(text: string): string {
  return `\`${text.split("\n")[0]}\``;
}
