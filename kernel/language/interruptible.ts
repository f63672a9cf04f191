// Cell code notices an interrupt wherever it could otherwise go on for ever, and cannot hold one up:
//   await x                  await $dials.until(x, "In[1]:1:1")
//   for await (… of xs)      for await (… of $dials.each(xs, "In[1]:1:1"))
//   for (…; …; i++) { … }    for (…; …; $dialsStop[0] !== 0 && $dials.stop(), i++) { … }
//   while (x) { … }          for (; x; $dialsStop[0] !== 0 && $dials.stop()) { … }
//   do { … }                 do { if ($dialsStop[0] !== 0) $dials.stop(); … }, other loops and functions too
//   catch (error) { … }      catch (error) { $dials.pass(error); … }, which throws an interrupt on
// `finally` blocks run as always. The flag is memory that the cell process's input thread writes, so a busy
// loop sees it; reading it plainly, and last in a turn, costs next to nothing, while V8 makes slower code of a loop
// that begins with it. An await that goes through a helper is none that V8 could follow, so it says where it stands,
// for the errors that pass it.
// Two more expressions mean something else in a cell than in a script, and are rewritten on the way:
//   import(x)                $dials.import(x), relative to the notebook
//   import.meta              $dials.meta

import ts from "typescript";
import { awaitUntil, callHelper, helper, placeOf, STOP_FLAG } from "./helper_calls.ts";

/** The cell that is rewritten. */
interface Cell {
  file: ts.SourceFile;
  /** What it is called in messages, such as `In[3]`. */
  name: string;
}

/** The TypeScript transformer for interrupts of the cell called `name`. */
export function interruptible(name: string): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      return rewrite(visited, { file, name });
    };
    return ts.visitEachChild(file, visit, context);
  };
}

const { factory } = ts;

function rewrite(node: ts.Node, cell: Cell): ts.Node {
  if (ts.isAwaitExpression(node)) return rewriteAwait(node, cell);
  if (ts.isForOfStatement(node)) return rewriteForOf(node, cell);
  if (ts.isForStatement(node)) {
    const { initializer, condition, incrementor } = node;
    const last = incrementor === undefined
      ? inlineCheck()
      : factory.createComma(inlineCheck(), incrementor);
    return factory.updateForStatement(node, initializer, condition, last, node.statement);
  }
  if (ts.isForInStatement(node)) {
    return factory.updateForInStatement(node, node.initializer, node.expression, checkedBody(node));
  }
  if (ts.isWhileStatement(node)) {
    const { expression, statement } = node;
    const loop = factory.createForStatement(undefined, expression, inlineCheck(), statement);
    return ts.setTextRange(ts.setOriginalNode(loop, node), node);
  }
  if (ts.isDoStatement(node)) {
    return factory.updateDoStatement(node, checkedBody(node), node.expression);
  }
  if (ts.isCatchClause(node)) return rewriteCatch(node);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return rewriteArrow(node, node.body);
  // A function's body; other blocks have no function around them.
  if (ts.isBlock(node) && isFunctionBody(node)) return checkedBlock(node);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return factory.updateCallExpression(node, helper("import"), undefined, node.arguments);
  }
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
    return ts.setTextRange(helper("meta"), node);
  }
  return node;
}

function rewriteAwait(node: ts.AwaitExpression, cell: Cell): ts.Node {
  if (isHelperCall(node.expression)) return node;
  const rewritten = awaitUntil(node.expression, placeOf(node, cell));
  return ts.setTextRange(ts.setOriginalNode(rewritten, node), node);
}

/** Whether another transformer wrote this already: it has no place in the cell. */
function isHelperCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && node.pos < 0;
}

function rewriteForOf(node: ts.ForOfStatement, cell: Cell): ts.Node {
  const { awaitModifier, initializer, expression } = node;
  const items = awaitModifier === undefined
    ? expression
    : ts.setTextRange(callHelper("each", expression, placeOf(node, cell)), expression);
  return factory.updateForOfStatement(node, awaitModifier, initializer, items, checkedBody(node));
}

function rewriteCatch(node: ts.CatchClause): ts.Node {
  const declared = node.variableDeclaration;
  if (declared !== undefined && ts.isIdentifier(declared.name)) {
    return factory.updateCatchClause(node, declared, withPass(node.block, declared.name));
  }
  const name = factory.createUniqueName("caught");
  // catch { … } and catch ({ message }) { … } have no name to pass on.
  const statements = declared === undefined
    ? node.block.statements
    : [declare(declared.name, name), ...node.block.statements];
  const block = factory.updateBlock(node.block, statements);
  return factory.updateCatchClause(
    node,
    factory.createVariableDeclaration(name),
    withPass(block, name),
  );
}

function declare(pattern: ts.BindingName, value: ts.Expression): ts.Statement {
  const declaration = factory.createVariableDeclaration(pattern, undefined, undefined, value);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Let),
  );
}

function withPass(block: ts.Block, error: ts.Identifier): ts.Block {
  const pass = factory.createExpressionStatement(callHelper("pass", error));
  return factory.updateBlock(block, [pass, ...block.statements]);
}

function rewriteArrow(node: ts.ArrowFunction, body: ts.Expression): ts.Node {
  return factory.updateArrowFunction(
    node,
    node.modifiers,
    node.typeParameters,
    node.parameters,
    node.type,
    node.equalsGreaterThanToken,
    factory.createParenthesizedExpression(factory.createComma(inlineCheck(), body)),
  );
}

function isFunctionBody(block: ts.Block): boolean {
  const { parent } = ts.getOriginalNode(block);
  return parent !== undefined && ts.isFunctionLike(parent);
}

function checkedBody({ statement }: ts.IterationStatement): ts.Statement {
  return ts.isBlock(statement)
    ? checkedBlock(statement)
    : ts.setTextRange(factory.createBlock([check(), statement], true), statement);
}

/** The block with the check in front, but behind directives such as "use strict", which must be first. */
function checkedBlock(block: ts.Block): ts.Block {
  const directives = block.statements.findIndex((statement) =>
    !(ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression))
  );
  const at = directives < 0 ? block.statements.length : directives;
  return factory.updateBlock(block, block.statements.toSpliced(at, 0, check()));
}

/** `if ($dialsStop[0] !== 0) $dials.stop();` */
function check(): ts.Statement {
  return factory.createIfStatement(
    flagIsUp(),
    factory.createExpressionStatement(callHelper("stop")),
  );
}

/** `$dialsStop[0] !== 0 && $dials.stop()` */
function inlineCheck(): ts.Expression {
  return factory.createLogicalAnd(flagIsUp(), callHelper("stop"));
}

function flagIsUp(): ts.Expression {
  const flag = factory.createElementAccessExpression(factory.createIdentifier(STOP_FLAG), 0);
  return factory.createStrictInequality(flag, factory.createNumericLiteral(0));
}
