import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { tsImport } from "tsx/esm/api";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json";
import { readersEnv } from "../support/readers-env.ts";

// It imports JSON as bundlers do, and Node by itself does not.
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } =
  (await tsImport(
    "@actions/workflow-parser",
    import.meta.url,
  )) as typeof import("@actions/workflow-parser");

const workflows = readdirSync(".github/workflows").map((name) => ({
  name,
  content: readFileSync(join(".github/workflows", name), "utf8"),
}));
const parsed = (workflow: { name: string; content: string }) =>
  parseWorkflow(workflow, new NoOperationTraceWriter());

test("GitHub's own parser finds nothing wrong with a workflow, and does with a broken one", async () => {
  expect(workflows).toHaveLength(3);
  for (const workflow of workflows) {
    const { context, value } = parsed(workflow);
    if (value) await convertWorkflowTemplate(context, value);
    expect(context.errors.getErrors(), workflow.name).toEqual([]);
    const content = workflow.content.replace("runs-on:", "run-on:");
    expect(parsed({ ...workflow, content }).context.errors.count).not.toBe(0);
  }
});

test("a workflow runs scripts of package.json and files that are there, and what Dependabot is told to leave alone is a package of ours", () => {
  const text = workflows.map(({ content }) => content).join("\n");
  const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, it]) => it);
  expect(scripts).toContain("test:shell");
  for (const script of scripts)
    expect(manifest.scripts).toHaveProperty([`${script}`]);
  const files = [...text.matchAll(/(?:\.ci|test)\/[\w./-]+/g)].map(
    ([it]) => it,
  );
  expect(files).toContain("test/newest-sdk/what-fell.ts");
  for (const file of files) expect(existsSync(file), file).toBe(true);

  const told = parse(readFileSync(".github/dependabot.yml", "utf8"));
  const [npm] = told.updates;
  const ours = Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
  });
  for (const { "dependency-name": name } of npm.ignore)
    expect(ours).toContain(name);
  for (const directory of npm.directories)
    expect(readdirSync(`.${directory}`)).toContain("package-lock.json");
});

/** What the program prints, where the proofs of `files` were run. */
function whatFell(
  files: Record<string, string>,
  steps: Record<string, string>,
) {
  const folder = mkdtempSync("node_modules/.fell-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, name), text);
  const run = (program: string, args: string[]) =>
    spawnSync(process.execPath, [resolve(program), ...args], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...readersEnv,
        STEPS: JSON.stringify(
          Object.fromEntries(
            Object.entries(steps).map(([id, outcome]) => [id, { outcome }]),
          ),
        ),
      },
    });
  const json = ["--reporter=json", "--outputFile.json=fell-proofs.json"];
  run("node_modules/vitest/vitest.mjs", ["run", "--root", ".", ...json]);
  const { stdout, stderr } = run("test/newest-sdk/what-fell.ts", []);
  expect(stderr).toBe("");
  return stdout;
}

const proofOf = (title: string, sum: number) =>
  `import { expect, test } from "vitest";
test("${title}", () => expect(1 + 1).toBe(${sum}));`;

test("what fell with another SDK is told in the titles of the proofs, and what did not fall is not told", () => {
  const files = {
    "stands.test.ts": proofOf("money is kept", 2),
    "falls.test.ts": proofOf("a step is called once", 3),
    "breaks.test.ts": 'import "no-such-package";',
  };
  const told = whatFell(files, {
    proofs: "failure",
    types: "success",
    shell: "failure",
  });
  expect(told).toContain("## proofs");
  expect(told).toContain("- **a step is called once** (`falls.test.ts`)");
  expect(told).toContain("expected 2 to be 3");
  expect(told).toMatch(/- `breaks\.test\.ts` did not run: .*no-such-package/);
  expect(told).not.toContain("money is kept");
  expect(told).not.toContain("types");
  expect(told).toContain("## shell\n\nIt failed; its log says why.");
});

test("where nothing fell, nothing is told", () => {
  const files = { "stands.test.ts": proofOf("money is kept", 2) };
  expect(whatFell(files, { proofs: "success", types: "success" })).toBe("");
});
