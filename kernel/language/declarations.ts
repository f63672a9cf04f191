// Any name can be declared again in a later cell, whatever it was: V8 allows that in evaluated scripts as
// long as the kind of declaration stays the same, so everything a cell declares at its top level becomes `let`.
//   const a = 1            let a = 1
//   function f() {}        let f = function () {}, moved to the start of the cell
//   class C {}             let C = class C {}
//   if (x) { var y = 1 }   let y; if (x) { y = 1 }
// Cells are strict code, as modules are.

import ts from "typescript";

const { factory } = ts;

/** The TypeScript transformer for declarations: works on the JavaScript that the compiler has made. */
export function redeclarable(context: ts.TransformationContext): ts.Transformer<ts.SourceFile> {
  return (file) => {
    const functions: ts.Statement[] = [];
    const rest: ts.Statement[] = [];
    const hoisted = new HoistedVars(context);
    for (const statement of file.statements) {
      if (ts.isExportDeclaration(statement)) continue;
      if (ts.isFunctionDeclaration(statement)) functions.push(functionAsLet(statement));
      else if (ts.isClassDeclaration(statement)) rest.push(classAsLet(statement));
      else if (isLexical(statement)) rest.push(variablesAsLet(statement));
      else rest.push(ts.visitNode(statement, hoisted.visit) as ts.Statement);
    }
    const strict = factory.createExpressionStatement(factory.createStringLiteral("use strict"));
    return factory.updateSourceFile(file, [
      strict,
      ...hoisted.declarations(),
      ...functions,
      ...rest,
    ]);
  };
}

function isLexical(statement: ts.Statement): statement is ts.VariableStatement {
  return ts.isVariableStatement(statement) &&
    (statement.declarationList.flags & ts.NodeFlags.BlockScoped) !== 0;
}

function variablesAsLet(statement: ts.VariableStatement): ts.Statement {
  const { modifiers, declarationList } = statement;
  const list = factory.createVariableDeclarationList(
    declarationList.declarations,
    ts.NodeFlags.Let,
  );
  return factory.updateVariableStatement(
    statement,
    modifiers,
    ts.setTextRange(list, declarationList),
  );
}

function functionAsLet(node: ts.FunctionDeclaration): ts.Statement {
  // Without a name of its own, so that recursion finds what the cell's name stands for at the time.
  const value = factory.createFunctionExpression(
    node.modifiers?.filter((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword),
    node.asteriskToken,
    undefined,
    undefined,
    node.parameters,
    undefined,
    node.body!, // Overload signatures are gone by now.
  );
  return asLet(node.name!, { value, place: node });
}

function classAsLet(node: ts.ClassDeclaration): ts.Statement {
  // With its own name, because static initialisers use it before the outer one has a value.
  const value = factory.createClassExpression(
    undefined,
    node.name,
    undefined,
    node.heritageClauses,
    node.members,
  );
  return asLet(node.name!, { value, place: node });
}

function asLet(
  name: ts.Identifier,
  { value, place }: { value: ts.Expression; place: ts.Node },
): ts.Statement {
  const declaration = factory.createVariableDeclaration(
    name,
    undefined,
    undefined,
    ts.setTextRange(value, place),
  );
  const list = factory.createVariableDeclarationList([declaration], ts.NodeFlags.Let);
  return ts.setTextRange(factory.createVariableStatement(undefined, list), place);
}

/** The `var`s outside functions, which belong to the whole cell wherever they stand. */
class HoistedVars {
  readonly #names = new Set<string>();
  readonly #context: ts.TransformationContext;

  constructor(context: ts.TransformationContext) {
    this.#context = context;
  }

  /** `let` declarations of all names met. */
  declarations(): ts.Statement[] {
    if (this.#names.size === 0) return [];
    const declared = [...this.#names].map((name) => factory.createVariableDeclaration(name));
    const list = factory.createVariableDeclarationList(declared, ts.NodeFlags.Let);
    return [factory.createVariableStatement(undefined, list)];
  }

  /** Turns `var` declarations into assignments. */
  visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
    if (ts.isVariableStatement(node) && isVar(node.declarationList)) {
      const assigned = this.#assignment(node.declarationList);
      if (assigned === undefined) return factory.createEmptyStatement();
      return ts.setTextRange(factory.createExpressionStatement(assigned), node);
    }
    if (ts.isForStatement(node) && isVarList(node.initializer)) {
      const { condition, incrementor, statement } = node;
      const initializer = this.#assignment(node.initializer);
      return this.#inside(
        factory.updateForStatement(node, initializer, condition, incrementor, statement),
      );
    }
    if (ts.isForOfStatement(node) && isVarList(node.initializer)) {
      const { awaitModifier, expression, statement } = node;
      const target = this.#target(node.initializer.declarations[0]);
      return this.#inside(
        factory.updateForOfStatement(node, awaitModifier, target, expression, statement),
      );
    }
    if (ts.isForInStatement(node) && isVarList(node.initializer)) {
      const target = this.#target(node.initializer.declarations[0]);
      return this.#inside(
        factory.updateForInStatement(node, target, node.expression, node.statement),
      );
    }
    return this.#inside(node);
  };

  #inside(node: ts.Node): ts.Node {
    return ts.visitEachChild(node, this.visit, this.#context);
  }

  #target({ name }: ts.VariableDeclaration): ts.Expression {
    this.#collect(name);
    return bindingAsTarget(name);
  }

  /** `var a = 1, b` as `a = 1`; undefined where nothing is assigned. */
  #assignment(list: ts.VariableDeclarationList): ts.Expression | undefined {
    let all: ts.Expression | undefined;
    for (const declaration of list.declarations) {
      const target = this.#target(declaration);
      if (declaration.initializer === undefined) continue;
      const one = ts.setTextRange(
        factory.createAssignment(target, declaration.initializer),
        declaration,
      );
      all = all === undefined ? one : factory.createComma(all, one);
    }
    return all;
  }

  #collect(name: ts.BindingName): void {
    if (ts.isIdentifier(name)) {
      this.#names.add(name.text);
      return;
    }
    for (const element of name.elements) {
      if (ts.isBindingElement(element)) this.#collect(element.name);
    }
  }
}

function isVar(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

function isVarList(node: ts.Node | undefined): node is ts.VariableDeclarationList {
  return node !== undefined && ts.isVariableDeclarationList(node) && isVar(node);
}

/** A declared pattern as the left side of an assignment. */
function bindingAsTarget(name: ts.BindingName): ts.Expression {
  if (ts.isIdentifier(name)) return name;
  if (ts.isArrayBindingPattern(name)) {
    return factory.createArrayLiteralExpression(name.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return element;
      const target = elementAsTarget(element);
      return element.dotDotDotToken ? factory.createSpreadElement(target) : target;
    }));
  }
  return factory.createObjectLiteralExpression(name.elements.map((element) => {
    if (element.dotDotDotToken) {
      return factory.createSpreadAssignment(bindingAsTarget(element.name));
    }
    const key = element.propertyName ?? (element.name as ts.Identifier);
    return factory.createPropertyAssignment(key, elementAsTarget(element));
  }));
}

function elementAsTarget({ name, initializer }: ts.BindingElement): ts.Expression {
  const target = bindingAsTarget(name);
  return initializer === undefined ? target : factory.createAssignment(target, initializer);
}
