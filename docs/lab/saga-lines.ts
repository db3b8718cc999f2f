import ts from "typescript";
import { steps as kinds } from "#snippets/crash-lab/progress.ts";

/** The first and the last line of each statement, counted from 0. */
export interface SagaLines {
  /** The steps, by the entries that they make: what `ctx.run` is given. */
  steps: Partial<Record<Step, Lines>>;
  /** What is returned, by the status that it has. */
  ends: Record<string, Lines>;
}
type Step = (typeof kinds)[number];
type Lines = [first: number, last: number];

/** Where the steps and the ends of a saga are in its code. */
export function sagaLines(code: string): SagaLines {
  const file = ts.createSourceFile(
    "saga.ts",
    code,
    ts.ScriptTarget.Latest,
    true,
  );
  const found: SagaLines = { steps: {}, ends: {} };
  const constants = new Map<string, string>();

  function linesOf(node: ts.Node): Lines {
    let statement = node;
    while (!ts.isStatement(statement)) statement = statement.parent;
    const lineAt = (at: number) => file.getLineAndCharacterOfPosition(at).line;
    return [lineAt(statement.getStart()), lineAt(statement.getEnd())];
  }
  function statusOf(result: ts.ObjectLiteralExpression) {
    for (const property of result.properties) {
      if (property.name?.getText() !== "status") continue;
      if (ts.isShorthandPropertyAssignment(property))
        return constants.get("status");
      if (ts.isPropertyAssignment(property))
        return textOf(property.initializer);
    }
    return undefined;
  }
  function visit(node: ts.Node) {
    if (ts.isVariableDeclaration(node) && node.initializer)
      constants.set(node.name.getText(), textOf(node.initializer) ?? "");
    const kind = ts.isCallExpression(node) && stepOf(node);
    if (kind) found.steps[kind] = linesOf(node);
    if (ts.isReturnStatement(node) && node.expression) {
      const { expression } = node;
      const status =
        ts.isObjectLiteralExpression(expression) && statusOf(expression);
      if (status) found.ends[status] = linesOf(node);
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

/** The entry that this has made, if it is `ctx.run`. */
function stepOf({ expression, arguments: given }: ts.CallExpression) {
  if (expression.getText() !== "ctx.run") return undefined;
  const words = given.flatMap((it) => it.getText().match(/\w+/g) ?? []);
  return kinds.find((kind) => words.includes(kind));
}

function textOf(node: ts.Expression): string | undefined {
  return ts.isStringLiteral(node) ? node.text : undefined;
}
