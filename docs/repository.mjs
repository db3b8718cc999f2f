import manifest from "../package.json" with { type: "json" };

/**
 * Where the source is, once package.json names a repository; until then the
 * pages have no link to it.
 * @type {string | undefined}
 */
export const repository = (
  manifest.repository?.url ?? manifest.repository
)?.replace(/^git\+|\.git$/g, "");
