/** @type {[kind: string, said: RegExp][]} The first that fits is taken. */
const kinds = [
  ["dead", /killed with SIGKILL/],
  ["uneven", /\b(\d+\.\d\d) of (?!\1\b)\d+\.\d\d$/],
  ["uneven", /^ *(missing|too much)\b/],
  ["uneven", /\bholds -\d+\.\d\d$/],
  ["worker-1", /^ *worker 1\b/],
  ["worker-2", /^ *worker 2\b/],
  ["worker-3", /^ *worker 3\b/],
  ["server", /^ *server\b/],
  ["ledger", /^ *ledger\b/],
];

/**
 * Who speaks in a line of an output, or what it tells of: a death, or a sum of
 * money that is not what was put in. Undefined for a line like any other.
 * @param {string} line
 */
export function speakerOf(line) {
  return kinds.find(([, said]) => said.test(line))?.[0];
}

/** Marks the lines of outputs, for Expressive Code; colours are in the style. */
export const speakers = {
  name: "speakers",
  hooks: {
    postprocessRenderedLine({ codeBlock, line, renderData }) {
      const kind = codeBlock.language === "text" && speakerOf(line.text);
      if (kind) renderData.lineAst.properties.className.push("says", kind);
    },
  },
};
