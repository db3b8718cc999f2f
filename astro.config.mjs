import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import autoImport from "astro-auto-import";
import starlightLinksValidator from "starlight-links-validator";
import { baseLinks } from "./docs/base-links.mjs";
import { leanSdk } from "./docs/lab/lean.mjs";

export default defineConfig({
  srcDir: "./docs",
  publicDir: "./docs/public",
  vite: {
    plugins: [leanSdk()],
    worker: { format: "es", plugins: () => [leanSdk()] },
    build: {
      // Astro's own MDX modules trip this check (withastro/astro#18087).
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
  integrations: [
    baseLinks,
    // Stands in for the sitemap that Starlight would add, and which warns as
    // long as the site has no public address.
    { name: "@astrojs/sitemap", hooks: {} },
    starlight({
      title: "A transfer you can crash",
      customCss: ["./docs/styles/notebook.css", "./docs/styles/pictures.css"],
      plugins: [starlightLinksValidator()],
      disable404Route: true,
      sidebar: [
        {
          label: "The notebook",
          items: [
            "the-problem",
            "the-shape",
            "the-shape/run",
            "primitives",
            "primitives/retries",
            "primitives/dependencies-and-client",
            "who-does-what",
            "failure-modes",
            "failure-modes/by-hand",
            "crash-matrix",
            "crash-matrix/leases",
            "crash-matrix/how",
            "crash-matrix/your-own",
            "when-to-use",
          ],
        },
        {
          label: "Two banks",
          items: [
            "two-banks",
            "two-banks/rejected-is-not-unknown",
            "two-banks/late-request",
            "two-banks/reversal-fails",
            "two-banks/bank",
            "two-banks/other-banks",
            "two-banks/take",
            "two-banks/how",
          ],
        },
        {
          label: "Further on",
          items: ["crash-lab", "crash-lab/how", "async-engine", "from-python"],
        },
        { label: "Reference", items: ["sources", "glossary", "claims"] },
      ],
    }),
    // What pages use without an import. After Starlight, which brings MDX.
    autoImport({
      imports: [
        "Default",
        "Difference",
        "Output",
        "Paths",
        "Proof",
        "Sequence",
        "Snippet",
        "Source",
        "Standing",
      ].map((name) => `./docs/components/${name}.astro`),
    }),
  ],
});
