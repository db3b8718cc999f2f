import sitemap from "@astrojs/sitemap";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import autoImport from "astro-auto-import";
import starlightLinksValidator from "starlight-links-validator";
import { markdownPages } from "./docs/as-markdown/markdown-pages.ts";
import { leanSdk } from "./docs/lab/lean.mjs";
import { ourMarkdown } from "./docs/markdown/index.mjs";
import { repository } from "./docs/repository.mjs";

const title = "A transfer you can crash";

/** Pages to be read in this order; the sidebar and the titles say which. */
let chapters = 0;
const numbered = (...slugs) =>
  slugs.map((slug) => ({ slug, attrs: { "data-chapter": ++chapters } }));

const sidebar = [
  { label: "Start here", slug: "index" },
  "crash-lab",
  {
    label: "Understand",
    items: numbered(
      "the-problem",
      "the-shape",
      "the-shape/run",
      "primitives",
      "primitives/retries",
      "primitives/dependencies-and-client",
      "who-does-what",
    ),
  },
  {
    label: "Doubt",
    items: numbered(
      "failure-modes",
      "failure-modes/by-hand",
      "crash-matrix",
      "crash-matrix/guards",
      "crash-matrix/leases",
    ),
  },
  {
    label: "Use",
    items: [
      ...numbered("when-to-use"),
      {
        label: "A saga to copy",
        items: numbered(
          "two-banks",
          "two-banks/rejected-is-not-unknown",
          "two-banks/late-request",
          "two-banks/reversal-fails",
          "two-banks/guards",
          "two-banks/bank",
          "two-banks/other-banks",
          "two-banks/take",
        ),
      },
      {
        label: "One ledger that holds",
        items: numbered(
          "one-ledger",
          "one-ledger/late-credit",
          "one-ledger/in-transit",
          "one-ledger/same-id",
          "one-ledger/amounts",
          "one-ledger/deadlines",
          "one-ledger/backups",
          "one-ledger/errors",
          "one-ledger/changing",
        ),
      },
      {
        label: "Many machines",
        items: numbered(
          "many-machines",
          "many-machines/workers",
          "many-machines/front",
          "many-machines/when-the-server-dies",
          "many-machines/shared-ledger",
          "many-machines/cost",
          "many-machines/before-you-deploy",
        ),
      },
      ...numbered("crash-matrix/your-own", "async-engine"),
    ],
  },
  {
    label: "Reference",
    items: [
      "exercises",
      "glossary",
      "claims",
      "from-python",
      "sources",
      {
        label: "How it is tested",
        items: [
          "crash-matrix/how",
          "crash-matrix/search",
          "two-banks/how",
          "one-ledger/how",
          "one-ledger/how-under-way",
          "crash-lab/how",
        ],
      },
    ],
  },
];

/** The public address: a scheme and a host. Nobody knows one here. */
const site = process.env["SITE"];
/** What Starlight would add by itself, and which warns without an address. */
const noSitemap = { name: "@astrojs/sitemap", hooks: {} };
const isToRead = (page) => !/\/(source|crash-lab\/saga)\/(.*\/)?$/.test(page);

export default defineConfig({
  ...(site && { site }),
  srcDir: "./docs",
  publicDir: "./docs/public",
  vite: {
    resolve: {
      alias: [
        // Its style sheet, below the same name, is left as it is.
        {
          find: /^@pagefind\/default-ui$/,
          replacement: `${import.meta.dirname}/docs/search/when-opened.ts`,
        },
      ],
    },
    plugins: [leanSdk()],
    worker: { format: "es", plugins: () => [leanSdk()] },
    build: {
      // Astro's own MDX modules trip this check (withastro/astro#18087).
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
  integrations: [
    ourMarkdown,
    site ? sitemap({ filter: isToRead }) : noSitemap,
    starlight({
      title,
      routeMiddleware: ["./docs/head.ts", "./docs/search/keywords.ts"],
      customCss: [
        "./docs/styles/notebook.css",
        "./docs/styles/pictures.css",
        "./docs/styles/around.css",
        "./docs/lab/closed.css",
      ],
      // A link to a run is checked by playing the run, in a proof.
      plugins: [
        starlightLinksValidator({ exclude: ["**/crash-lab/#amount=*"] }),
      ],
      disable404Route: true,
      components: {
        Footer: "./docs/components/Footer.astro",
        PageTitle: "./docs/components/PageTitle.astro",
      },
      ...(repository && { editLink: { baseUrl: `${repository}/edit/main/` } }),
      sidebar,
      pagefind: { ranking: { metaWeights: { title: 5, keywords: 5 } } },
    }),
    markdownPages(title, sidebar),
    // What pages use without an import. After Starlight, which brings MDX.
    autoImport({
      imports: [
        "Bars",
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
