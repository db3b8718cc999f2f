import { defineConfig } from "vitest/config";

const shell = "test/shell.test.ts";

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      {
        test: {
          name: "proofs",
          include: ["test/**/*.test.ts"],
          exclude: [shell],
        },
      },
      { test: { name: "shell", include: [shell], testTimeout: 600_000 } },
    ],
  },
});
