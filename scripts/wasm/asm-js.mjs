// asm.js to WebAssembly: the same instructions in the format that engines compile lazily and in the background. asm.js is a typed subset of
// JavaScript (http://asmjs.org/spec/latest/) from which WebAssembly grew, so a function is translated expression by expression.
//
// What WebAssembly does otherwise is written out: a division by zero and that of -2^31 by -1 (it traps), the remainder of doubles and
// their conversion to integers (functions of JavaScript). One thing is presumed: addresses are multiples of the size of what is
// there, which asm.js brings about by its shift. With `checked`, a module traps where that is not so.
import { parseExpressionAt } from "acorn";
import { fail, literal, resultOf, typeOfCoercion } from "./asm-nodes.mjs";
import { F64, I32, moduleBytes, op, PAGE, signed, unsigned } from "./binary.mjs";
import { FunctionBody } from "./function-body.mjs";

/** Loads and stores by the array's class. */
const views = {
  Int8Array: { size: 1, type: I32, load: [0x2c], store: [0x3a] },
  Uint8Array: { size: 1, type: I32, load: [0x2d], store: [0x3a] },
  Int16Array: { size: 2, type: I32, load: [0x2e], store: [0x3b] },
  Uint16Array: { size: 2, type: I32, load: [0x2f], store: [0x3b] },
  Int32Array: { size: 4, type: I32, load: [0x28], store: [0x36] },
  Uint32Array: { size: 4, type: I32, load: [0x28], store: [0x36] },
  Float32Array: { size: 4, type: F64, load: [0x2a], store: [0x38], single: true },
  Float64Array: { size: 8, type: F64, load: [0x2b], store: [0x39] },
};

/**
 * What a translated module imports: the asm.js module's `env` with the memory, functions of `Math`, and as `js` the operators of JavaScript
 * that are no instructions. The build also writes it down as text, so it refers to nothing of this file.
 */
export function importsOf(foreign, memory) {
  const js = { toInteger: (a) => ~~a, remainder: (a, b) => a % b };
  return { env: { ...foreign, memory }, math: Math, js };
}

/**
 * The WebAssembly module that an asm.js module is: `text` is a function expression of the three parameters. It imports what `importsOf`
 * gives, and exports what asm.js returns. Throws for what is no asm.js, and for the parts of it that the solver does without, such as `for`.
 */
export function translated(text, { checked = false } = {}) {
  return new Translation(text, checked).bytes();
}

/** What a translated module exports. `foreign`: the asm.js module's `env`; `memory`: a `WebAssembly.Memory`. */
export function instantiated(bytes, foreign, memory) {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), importsOf(foreign, memory)).exports;
}

/** A memory of at least so many bytes. */
export function memoryOf(bytes) {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
}

class Translation {
  types = [];
  functionImports = [];
  globalImports = [];
  globals = [];
  /** What a name of the module is: `{ kind, … }`. */
  names = new Map();
  /** The elements of all function tables, as nodes. */
  elements = [];
  /** The functions that stand for a division, by their names. */
  helpers = new Map();

  constructor(text, checked) {
    this.checked = checked;
    const { params, body } = parseExpressionAt(text, 0, { ecmaVersion: 5 });
    this.foreign = params[1].name;
    const declared = body.body.filter(({ type }) => type === "FunctionDeclaration");
    for (const node of declared) {
      const parameters = node.params.map((_, i) => typeOfCoercion(node.body.body[i].expression.right));
      this.names.set(node.id.name, { kind: "function", node, parameters, result: resultOf(node) });
    }
    for (const node of body.body)
      if (node.type === "VariableDeclaration") for (const one of node.declarations) this.declare(one);
    // Calls of imported functions have the types of the place, so that what is imported is known after all functions are.
    this.bodies = declared.map((node) => new FunctionBody(this, node).translated());
    this.exported = body.body.find(({ type }) => type === "ReturnStatement").argument.properties;
  }

  /** The bytes, now that it is known how many functions are imported. */
  bytes() {
    const indices = new Map();
    const number = (what) => indices.set(what, indices.size);
    this.functionImports.forEach(number);
    const own = [...this.bodies, ...this.helpers.values()];
    for (const { key } of own) number(key);
    const index = (what) => indices.get(what) ?? fail("a function that is nowhere");
    const code = (body) => body.code.flatMap((part) => (typeof part === "number" ? [part] : unsigned(index(part))));
    return moduleBytes({
      types: this.types,
      functionImports: this.functionImports,
      globalImports: this.globalImports,
      globals: this.globals,
      functions: own.map((body) => ({ type: body.type, locals: body.locals, code: code(body) })),
      table: this.elements.map(({ name }) => index(this.named(name))),
      exports: this.exported.map(({ key, value }) => ({
        name: key.name ?? key.value,
        index: index(this.named(value.name)),
      })),
    });
  }

  named(name) {
    return this.names.get(name) ?? fail(`unknown name ${name}`);
  }

  /** The index of a function type. */
  typeIndex(parameters, result) {
    const known = this.types.findIndex((t) => t.result === result && `${t.parameters}` === `${parameters}`);
    return known === -1 ? this.types.push({ parameters, result }) - 1 : known;
  }

  /** An imported function, with the types of one of its calls. */
  imported(from, name, parameters, result) {
    const type = this.typeIndex(parameters, result);
    const known = this.functionImports.find((i) => i.from === from && i.name === name && i.type === type);
    if (known !== undefined) return known;
    const made = { from, name, type };
    this.functionImports.push(made);
    return made;
  }

  /** The function that stands for a division, with the answers of asm.js where the instruction traps. */
  division(operator, sign) {
    const key = `${operator} ${sign}`;
    const instruction = [op.localGet, 0, op.localGet, 1, op.i32[operator][sign]];
    const exact = sign === "unsigned" ? instruction : [...this.lest(operator), ...instruction, op.end];
    const type = this.typeIndex([I32, I32], I32);
    const code = [op.localGet, 1, op.if, I32, ...exact, op.else, op.i32Const, 0, op.end];
    if (!this.helpers.has(key)) this.helpers.set(key, { key, type, locals: [], code });
    return key;
  }

  /** Before a signed instruction: what divides by -1 is answered without it. */
  lest(operator) {
    const byMinusOne = operator === "/" ? [op.i32Const, 0, op.localGet, 0, op.i32["-"]] : [op.i32Const, 0];
    return [op.localGet, 1, op.i32Const, ...signed(-1), op.i32["=="], op.if, I32, ...byMinusOne, op.else];
  }

  /** A name of the module's head: a view, an import, a variable, a function table. */
  declare({ id, init }) {
    const set = (what) => this.names.set(id.name, what);
    const coerced =
      init.type === "BinaryExpression" ? init.left : init.type === "UnaryExpression" ? init.argument : undefined;
    if (init.type === "NewExpression") set({ kind: "view", ...(views[init.callee.property.name] ?? fail("a view")) });
    else if (init.type === "ArrayExpression") {
      const { parameters, result } = this.named(init.elements[0].name);
      set({ kind: "table", first: this.elements.length, parameters, result });
      this.elements.push(...init.elements);
    } else if (init.type === "MemberExpression") set(this.member(init));
    else if (coerced?.type === "MemberExpression") {
      const type = typeOfCoercion(init);
      const from = { from: "env", name: coerced.property.name, type };
      this.globalImports.push(from);
      set(this.variable(type, [op.globalGet, ...unsigned(this.globalImports.length - 1)]));
    } else {
      const value = literal(init) ?? fail("what a variable of the module begins with");
      set(this.variable(value.type, value.code));
    }
  }

  /** A variable of the module; its index comes after those of imported globals. */
  variable(type, start) {
    this.globals.push({ type, start });
    const which = this.globals.length - 1;
    return { kind: "global", type, index: () => unsigned(this.importedGlobals + which) };
  }

  /** How many globals are imported: each import is the initial value of a variable. */
  get importedGlobals() {
    return this.globalImports.length;
  }

  member({ object, property }) {
    if (object.type === "Identifier" && object.name === this.foreign) return { kind: "foreign", name: property.name };
    if (object.type === "MemberExpression" && object.property.name === "Math")
      return { kind: "math", name: property.name };
    return fail(`${property.name} of the library`);
  }
}
