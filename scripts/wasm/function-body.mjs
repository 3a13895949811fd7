// The code of an asm.js function as WebAssembly's: a stack machine, so that an expression is its operands and then its instruction.
import { coerced, fail, isCoercion, isComparison, isUnsigned, literal } from "./asm-nodes.mjs";
import { F64, I32, op, signed, unsigned } from "./binary.mjs";

const EMPTY = 0x40;

/** Functions of `Math` that are instructions. */
const instructions = {
  imul: { parameters: [I32, I32], result: I32, code: op.i32["*"] },
  abs: { parameters: [F64], result: F64, code: op.f64.abs },
  ceil: { parameters: [F64], result: F64, code: op.f64.ceil },
  floor: { parameters: [F64], result: F64, code: op.f64.floor },
  sqrt: { parameters: [F64], result: F64, code: op.f64.sqrt },
};

/** The code of one function. `module`: the `Translation` that it is part of; `node`: its declaration. */
export class FunctionBody {
  code = [];
  localTypes = [];
  locals = new Map();
  /** The enclosing blocks, innermost last: `{ labels, breaks, continues }`. */
  blocks = [];
  /** How many calls by a table the current expression is an argument of. */
  callsAround = 0;

  constructor(module, node) {
    this.module = module;
    this.node = node;
    this.self = module.named(node.id.name);
    for (const [index, { name }] of node.params.entries())
      this.locals.set(name, { index, type: this.self.parameters[index] });
  }

  translated() {
    const { parameters, result } = this.self;
    const statements = this.node.body.body.slice(parameters.length);
    for (const statement of statements) this.statement(statement, []);
    if (result !== undefined && statements.at(-1)?.type !== "ReturnStatement") this.code.push(op.unreachable);
    const type = this.module.typeIndex(parameters, result);
    return { key: this.self, type, locals: this.localTypes, code: this.code };
  }

  emit(...parts) {
    this.code.push(...parts);
  }

  // Statements

  statement(node, labels) {
    switch (node.type) {
      case "EmptyStatement":
        return;
      case "BlockStatement":
        return this.labelled(labels, () => {
          for (const one of node.body) this.statement(one, []);
        });
      case "VariableDeclaration":
        for (const { id, init } of node.declarations)
          this.local(id.name, literal(init) ?? fail("what a local begins with"));
        return;
      case "ExpressionStatement":
        return this.effect(node.expression);
      case "LabeledStatement":
        return this.statement(node.body, [...labels, node.label.name]);
      case "IfStatement":
        return this.labelled(labels, () => {
          this.integer(node.test);
          this.within({ type: op.if }, () => {
            this.statement(node.consequent, []);
            if (node.alternate === null) return;
            this.emit(op.else);
            this.statement(node.alternate, []);
          });
        });
      case "WhileStatement":
        return this.within({ labels, breaks: true }, () =>
          this.within({ labels, continues: true, type: op.loop }, () => {
            if (literal(node.test)?.value !== 1) {
              this.integer(node.test);
              this.emit(op.i32.eqz, op.brIf, 1);
            }
            this.statement(node.body, []);
            this.emit(op.br, 0);
          }),
        );
      case "DoWhileStatement":
        return this.within({ labels, breaks: true }, () =>
          this.within({ type: op.loop }, () => {
            this.within({ labels, continues: true }, () => this.statement(node.body, []));
            if (literal(node.test)?.value === 0) return;
            this.integer(node.test);
            this.emit(op.brIf, 0);
          }),
        );
      case "BreakStatement":
        return this.leave("breaks", node.label);
      case "ContinueStatement":
        return this.leave("continues", node.label);
      case "ReturnStatement":
        if (node.argument !== null) this.value(node.argument);
        return this.emit(op.return);
      case "SwitchStatement":
        return this.choice(node, labels);
      default:
        return fail(node.type);
    }
  }

  local(name, { type, value, code }) {
    const index = this.newLocal(name, type);
    if (!Object.is(value, 0)) this.emit(...code, op.localSet, ...unsigned(index));
  }

  /** The index of a further local. */
  newLocal(name, type) {
    const index = this.self.parameters.length + this.localTypes.push(type) - 1;
    this.locals.set(name, { index, type });
    return index;
  }

  labelled(labels, content) {
    if (labels.length === 0) content();
    else this.within({ labels, breaks: true, named: true }, content);
  }

  within(block, content) {
    this.emit(block.type ?? op.block, block.result ?? EMPTY);
    this.blocks.push(block);
    content();
    this.blocks.pop();
    this.emit(op.end);
  }

  /** A `break` or `continue`: to the innermost block that ends so, or to the one of that name. */
  leave(how, label) {
    const fits = (b) => b[how] === true && (label === null ? b.named !== true : b.labels.includes(label.name));
    const at = this.blocks.findLastIndex(fits);
    if (at === -1) fail(`nothing to leave by ${how}`);
    this.emit(op.br, ...unsigned(this.blocks.length - 1 - at));
  }

  /** One block for each case, innermost the first, so that to leave it is to come to the case's statements. */
  choice({ discriminant, cases }, labels) {
    const values = cases.map(({ test }) => (test === null ? undefined : literal(test).value));
    const known = values.filter((value) => value !== undefined);
    const otherwise = values.includes(undefined) ? values.indexOf(undefined) : cases.length;
    const last = (value) => (values.includes(value) ? values.indexOf(value) : otherwise);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    if (known.length === 0 || high - low >= 1000) fail("a switch of cases that are far apart");
    this.within({ labels, breaks: true }, () => {
      for (const _ of cases) this.enter();
      this.integer(discriminant);
      this.emit(op.i32Const, ...signed(low), op.i32["-"]);
      const targets = Array.from({ length: high - low + 1 }, (_, i) => unsigned(last(low + i)));
      this.emit(op.brTable, ...unsigned(targets.length), ...targets.flat(), ...unsigned(otherwise));
      for (const { consequent } of cases) {
        this.blocks.pop();
        this.emit(op.end);
        for (const one of consequent) this.statement(one, []);
      }
    });
  }

  enter() {
    this.emit(op.block, EMPTY);
    this.blocks.push({});
  }

  // Expressions. Each leaves its value on the stack and gives its type.

  integer(node) {
    if (this.value(node) !== I32) fail("an integer is expected");
  }

  /** For what it does alone. */
  effect(node) {
    if (node.type === "SequenceExpression") for (const one of node.expressions) this.effect(one);
    else if (node.type === "AssignmentExpression") this.assign(node, false);
    else if (node.type === "CallExpression") {
      if (this.call(node, undefined) !== undefined) this.emit(op.drop);
    } else if (isCoercion(node) && coerced(node).type === "CallExpression") this.effect(coerced(node));
    else {
      this.value(node);
      this.emit(op.drop);
    }
  }

  value(node) {
    const constant = literal(node);
    if (constant !== undefined) {
      this.emit(...constant.code);
      return constant.type;
    }
    switch (node.type) {
      case "Identifier":
        return this.read(node.name);
      case "AssignmentExpression":
        return this.assign(node, true);
      case "MemberExpression":
        return this.load(node);
      case "CallExpression":
        return this.call(node, undefined) ?? fail("a call without a value");
      case "SequenceExpression":
        for (const one of node.expressions.slice(0, -1)) this.effect(one);
        return this.value(node.expressions.at(-1));
      case "ConditionalExpression":
        return this.conditional(node);
      case "UnaryExpression":
        return this.unary(node);
      case "BinaryExpression":
        return this.binary(node);
      default:
        return fail(node.type);
    }
  }

  read(name) {
    const local = this.locals.get(name);
    if (local !== undefined) this.emit(op.localGet, ...unsigned(local.index));
    else this.emit(op.globalGet, ...this.variable(name).index());
    return (local ?? this.variable(name)).type;
  }

  variable(name) {
    const global = this.module.named(name);
    return global.kind === "global" ? global : fail(`${name} is no variable`);
  }

  assign({ left, right }, isUsed) {
    if (left.type === "MemberExpression") return this.store(left, right, isUsed);
    const type = this.value(right);
    const local = this.locals.get(left.name);
    if (local !== undefined) this.emit(isUsed ? op.localTee : op.localSet, ...unsigned(local.index));
    else {
      const index = this.variable(left.name).index();
      this.emit(op.globalSet, ...index);
      if (isUsed) this.emit(op.globalGet, ...index);
    }
    return type;
  }

  /** The type of a value, without the code. */
  typeOf(node) {
    const before = this.code;
    this.code = [];
    const type = this.value(node);
    this.code = before;
    return type;
  }

  conditional({ test, consequent, alternate }) {
    this.integer(test);
    const type = this.typeOf(consequent);
    this.within({ type: op.if, result: type }, () => {
      this.value(consequent);
      this.emit(op.else);
      this.value(alternate);
    });
    return type;
  }

  // Memory

  /** Leaves the base of an address on the stack, and gives the instruction's two immediates. */
  address({ object, property }) {
    const view = this.module.named(object.name);
    const shift = Math.log2(view.size);
    const constant = literal(property);
    let bytes = property;
    if (constant !== undefined) bytes = undefined;
    else if (
      property.type === "BinaryExpression" &&
      property.operator === ">>" &&
      literal(property.right)?.value === shift
    )
      bytes = property.left;
    else if (shift !== 0) fail("an index that is not shifted");
    const offset = bytes === undefined ? constant.value * view.size : this.base(bytes);
    if (bytes === undefined) this.emit(op.i32Const, 0);
    const immediates = [shift, ...unsigned(offset)];
    if (this.checked && view.size > 1) this.checkAlignment(view.size, offset);
    return { view, immediates };
  }

  /** A base, and what a constant adds to it. */
  base(node) {
    const added = node.type === "BinaryExpression" && node.operator === "+" ? literal(node.right)?.value : undefined;
    const known = literal(node);
    if (known !== undefined) {
      this.emit(op.i32Const, 0);
      return known.value >>> 0;
    }
    this.integer(added !== undefined && added >= 0 ? node.left : node);
    return added !== undefined && added >= 0 ? added : 0;
  }

  checkAlignment(size, offset) {
    const scratch = this.scratch("address", I32);
    this.emit(op.localTee, ...scratch, op.i32Const, ...signed(offset), op.i32["+"]);
    this.emit(
      op.i32Const,
      ...signed(size - 1),
      op.i32["&"],
      op.if,
      EMPTY,
      op.unreachable,
      op.end,
      op.localGet,
      ...scratch,
    );
  }

  load(node) {
    const { view, immediates } = this.address(node);
    this.emit(...view.load, ...immediates);
    if (view.single) this.emit(op.f64.ofSingle);
    return view.type;
  }

  store(left, right, isUsed) {
    const { view, immediates } = this.address(left);
    const type = this.value(right);
    if (type !== view.type) fail("a value of another type is stored");
    const kept = isUsed ? this.scratch(`value ${type}`, type) : undefined;
    if (kept !== undefined) this.emit(op.localTee, ...kept);
    if (view.single) this.emit(op.f64.toSingle);
    this.emit(...view.store, ...immediates);
    if (kept !== undefined) this.emit(op.localGet, ...kept);
    return type;
  }

  /** A local of the translation, read at once after it was written. */
  scratch(name, type) {
    const key = ` ${name}`;
    return unsigned(this.locals.get(key)?.index ?? this.newLocal(key, type));
  }

  // Operators

  unary({ operator, argument }) {
    if (operator === "+") {
      if (argument.type === "CallExpression") return this.call(argument, F64) ?? fail("a call without a value");
      if (this.value(argument) === I32) this.emit(isUnsigned(argument) ? op.f64.ofUnsigned : op.f64.ofSigned);
      return F64;
    }
    if (operator === "~" && argument.type === "UnaryExpression" && argument.operator === "~")
      return this.truncated(argument.argument);
    if (operator === "-" && this.typeOf(argument) === F64) {
      this.value(argument);
      this.emit(op.f64.negate);
      return F64;
    }
    if (operator === "-") this.emit(op.i32Const, 0);
    this.integer(argument);
    if (operator === "-") this.emit(op.i32["-"]);
    else if (operator === "~") this.emit(op.i32Const, ...signed(-1), op.i32["^"]);
    else if (operator === "!") this.emit(op.i32.eqz);
    else fail(operator);
    return I32;
  }

  /** `~~` of a double is its conversion. */
  truncated(node) {
    if (this.value(node) === F64) this.emit(op.call, this.module.imported("js", "toInteger", [F64], I32));
    return I32;
  }

  binary({ operator, left, right }) {
    if (operator === "|" && literal(right)?.value === 0) {
      if (left.type === "CallExpression") return this.call(left, I32);
      this.integer(left);
      return I32;
    }
    const type = this.value(left);
    if (this.value(right) !== type) fail(`two types at ${operator}`);
    if (type === F64 && operator === "%") this.emit(op.call, this.module.imported("js", "remainder", [F64, F64], F64));
    else if (type === F64) this.emit(op.f64[operator] ?? fail(operator));
    else this.integers(operator, left, right);
    return isComparison(operator) ? I32 : type;
  }

  integers(operator, left, right) {
    const sign = isUnsigned(left) || isUnsigned(right) ? "unsigned" : "signed";
    const instruction = op.i32[operator] ?? fail(operator);
    const by = literal(right)?.value ?? 0;
    if (operator !== "/" && operator !== "%")
      this.emit(typeof instruction === "number" ? instruction : instruction[sign]);
    else if (by !== 0 && by !== -1) this.emit(instruction[sign]);
    else this.emit(op.call, this.module.division(operator, sign));
  }

  // Calls

  /** `result`: the type that the place asks of an imported function. */
  call({ callee, arguments: given }, result) {
    if (callee.type === "MemberExpression") return this.callByTable(callee, given);
    const called = this.module.named(callee.name);
    const types = given.map((node) => this.value(node));
    if (called.kind === "function") {
      if (`${types}` !== `${called.parameters}`) fail(`arguments of ${callee.name}`);
      this.emit(op.call, called);
      return called.result;
    }
    if (called.kind === "math") {
      const instruction = instructions[called.name];
      if (instruction === undefined) this.emit(op.call, this.module.imported("math", called.name, types, F64));
      else if (`${types}` !== `${instruction.parameters}`) fail(`arguments of ${called.name}`);
      else this.emit(instruction.code);
      return instruction?.result ?? F64;
    }
    if (called.kind !== "foreign") fail(`${callee.name} is no function`);
    this.emit(op.call, this.module.imported("env", called.name, types, result));
    return result;
  }

  /** `table[index & mask](…)`. The index comes first, as in JavaScript: what the arguments do could change it. */
  callByTable({ object, property }, given) {
    const { first, parameters, result } = this.module.named(object.name);
    const index = this.scratch(`index ${this.callsAround++}`, I32);
    this.integer(property);
    this.emit(op.localSet, ...index);
    const types = given.map((node) => this.value(node));
    if (`${types}` !== `${parameters}`) fail("arguments of a function of a table");
    this.emit(op.localGet, ...index, op.i32Const, ...signed(first), op.i32["+"]);
    this.emit(op.callIndirect, ...unsigned(this.module.typeIndex(parameters, result)), 0);
    this.callsAround--;
    return result;
  }
}
