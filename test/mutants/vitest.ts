import { matchesGlob } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The proofs that run in this process: a mutant is not set in another. */
const proofs = [
  "the-shape/*",
  "when-to-use",
  "crash-matrix/{simulation,ends,leases,your-own}",
  "crash-lab/{lab,session}",
  "two-banks/{again,answers,bank,choices,decided,parked,saga,serve-bank,status,unheard}",
  "async-engine/*",
  "who-does-what",
  "router",
  "crash-matrix/{faults,every-point}",
  "one-ledger/*",
  "two-banks/crash",
].map((name) => `test/${name}.test.ts`);

/** In this order, as the first that fails ends a mutant: slow ones last. */
class SlowOnesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const place = ({ moduleId }: TestSpecification) =>
      proofs.findIndex((glob) => matchesGlob(moduleId, `**/${glob}`));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: proofs,
    sequence: { sequencer: SlowOnesLast },
    // Those that kill threads take too long to be run for each mutant.
    testNamePattern: /^(?!.*\bkilled at any single point)/,
    // Many a mutant waits forever. What needs longer says so itself.
    testTimeout: 10_000,
    env: { RESONATE_URL: "" },
  },
});
