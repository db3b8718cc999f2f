/** What the compiler says of the names in a file of `snippets/`. */
import { resolve } from "node:path";
import ts from "typescript";
import type { Excerpt } from "../regions.ts";

/** A name, by its line, counted from 0, and its columns. */
export interface Typed {
  line: number;
  from: number;
  to: number;
  /** Which of what is said of the names in its file. */
  type: number;
}

interface Types {
  names: Typed[];
  /** Types, each with how its doc comment begins, if it has one. */
  said: string[];
}

const known = new Map<string, { text: string; types: Types }>();

/** Of a file with that text; asked once, as the compiler is slow. */
export function typesIn(path: string, text: string): Types {
  const before = known.get(path);
  if (before?.text === text) return before.types;
  if (before) edits += 1;
  const types = ask(resolve(path));
  known.set(path, { text, types });
  return types;
}

/** The names in what is shown of a file with that text. */
export function namesShown(shown: Excerpt, text: string): Typed[] {
  const { path, lines, indent } = shown;
  return typesIn(path, text)
    .names.map((name) => ({
      ...name,
      line: lines.indexOf(name.line + 1),
      from: name.from - indent,
      to: name.to - indent,
    }))
    .filter(({ line }) => line >= 0);
}

/** How often a file was edited since this began: the compiler looks again. */
let edits = 0;

const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
const { options, fileNames } = ts.parseJsonConfigFileContent(
  { ...config, include: ["snippets"] },
  ts.sys,
  process.cwd(),
);

const compiler = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => fileNames,
  getProjectVersion: () => `${edits}`,
  getScriptVersion: (file) => `${ts.sys.getModifiedTime?.(file)?.getTime()}`,
  getScriptSnapshot: (file) => {
    const text = ts.sys.readFile(file);
    return text === undefined ? text : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => process.cwd(),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

function ask(file: string): Types {
  const source = compiler.getProgram()?.getSourceFile(file);
  if (!source) throw new Error(`${file} is no file of snippets/`);
  const names: Typed[] = [];
  const said: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const start = node.getStart(source);
      const says = inWords(compiler.getQuickInfoAtPosition(file, start));
      if (says && !said.includes(says)) said.push(says);
      const { line, character } = source.getLineAndCharacterOfPosition(start);
      const to = character + node.text.length;
      const type = said.indexOf(says);
      if (says) names.push({ line, from: character, to, type });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { names, said };
}

function inWords(info: ts.QuickInfo | undefined): string {
  const type = ts
    .displayPartsToString(info?.displayParts)
    .replace(/^\(alias\) /, "")
    .replace(/\nimport .*$/, "");
  const about = ts.displayPartsToString(info?.documentation);
  const [sentence] =
    /^.{20,}?\.(?= |$)|^.+/.exec(about.replace(/\s+/g, " ")) ?? [];
  return sentence ? `${type}\n${sentence}` : type;
}
