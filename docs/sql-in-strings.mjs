/** How a string of SQL begins; in a template it may begin on the next line. */
const statement = "\\s*(?:CREATE|DELETE|INSERT|PRAGMA|SELECT|UPDATE|WITH)\\b";

const within = (quote, head, ...patterns) => ({
  begin: `${quote}(?=${head})`,
  end: quote,
  contentName: "variable.other.readwrite.ts", // what is nothing else is a name
  beginCaptures: { 0: { name: "string.template.ts" } },
  endCaptures: { 0: { name: "string.template.ts" } },
  patterns: [...patterns, { include: "source.sql" }],
});

/** A grammar: SQL in a string of TypeScript has the colours of SQL. */
export const sqlInStrings = {
  name: "sql-in-strings",
  scopeName: "inline.sql",
  injectTo: ["source.ts"],
  injectionSelector: "L:source.ts -comment -string",
  embeddedLangs: ["sql"],
  patterns: [
    within('"', statement),
    within("`", `${statement}|$`, {
      include: "source.ts#template-substitution-element",
    }),
  ],
};
