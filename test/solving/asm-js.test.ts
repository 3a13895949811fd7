import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantiated, memoryOf, translated } from "../../scripts/wasm/asm-js.mjs";

/*
 * The build's solver is asm.js that was translated to WebAssembly. asm.js is JavaScript: what a translated module does is what the same text
 * does when it is run.
 */

type Exports = Record<string, (...values: number[]) => number>;

const BYTES = 2 ** 16;
/** What the modules of these tests import: it writes down what it is called with. */
const foreign = (calls: unknown[]) => ({
  note: (...values: number[]) => {
    calls.push(values);
    return values.length * 7;
  },
  half: (value: number) => value / 2,
  start: 40,
  NaN: Number.NaN,
});

/** A module whose functions are `functions`, run as JavaScript and as WebAssembly: `same` calls a function of both. */
function both(functions: string, exported: readonly string[], head = "") {
  const text = `(function(global, env, buffer) {
    var I8 = new global.Int8Array(buffer), U8 = new global.Uint8Array(buffer), I16 = new global.Int16Array(buffer);
    var U16 = new global.Uint16Array(buffer), I32 = new global.Int32Array(buffer), U32 = new global.Uint32Array(buffer);
    var F32 = new global.Float32Array(buffer), F64 = new global.Float64Array(buffer);
    var imul = global.Math.imul, sqrt = global.Math.sqrt, floor = global.Math.floor, ceil = global.Math.ceil;
    var abs = global.Math.abs, pow = global.Math.pow;
    var note = env.note, half = env.half;
    var top = env.start | 0, nan = +env.NaN, counter = 0, level = 1.5;
    ${functions}
    ${head}
    return { ${exported.map((name) => `${name}: ${name}`).join(", ")} };
  })`;
  const heaps = { script: new ArrayBuffer(BYTES), wasm: memoryOf(BYTES) };
  const calls: { script: unknown[]; wasm: unknown[] } = { script: [], wasm: [] };
  const script: Exports = new Function(`return ${text}`)()(globalThis, foreign(calls.script), heaps.script);
  const wasm: Exports = instantiated(translated(text, { checked: true }), foreign(calls.wasm), heaps.wasm);
  return {
    same(name: string, ...values: number[]): number | undefined {
      const answers = [script, wasm].map((each) => each[name]?.(...values));
      expect(answers[1], `${name}(${values.join(", ")})`).toEqual(answers[0]);
      expect(calls.wasm).toEqual(calls.script);
      expect(Buffer.from(heaps.wasm.buffer).equals(Buffer.from(heaps.script))).toBe(true);
      return answers[0];
    },
  };
}

const odd = [0, 1, -1, 2, 7, -8, 31, 32, 255, -256, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1];
const integer = fc.oneof(fc.constantFrom(...odd), fc.integer());
const double = fc.oneof(
  fc.constantFrom(...odd, -0, 0.5, 1e10, -1e300, Number.NaN, Infinity, -Infinity, 4294967296.7),
  fc.double(),
);

describe("an asm.js module in WebAssembly", () => {
  test("has its operators of integers", () => {
    const operations = ["+", "-", "&", "|", "^", "<<", ">>", ">>>"].map((o) => `a ${o} b`);
    const signed = ["/", "%", "<", ">", "<=", ">=", "==", "!="].map((o) => `(a | 0) ${o} (b | 0)`);
    const unsigned = ["/", "%", "<", ">", "<=", ">="].map((o) => `(a >>> 0) ${o} (b >>> 0)`);
    const constant = ["(a | 0) / 3", "(a | 0) % -5", "(a >>> 0) / 7", "(a >>> 0) % 10", "(a | 0) / -1", "(a | 0) % -1"];
    const others = ["~a", "!a", "-a", "imul(a, b)", "a ? b : 5", "a + b - 3 + (a << 2)", "(b = a + 1 | 0, b ^ a)"];
    const names: string[] = [];
    const functions = [...operations, ...signed, ...unsigned, ...constant, ...others].map((expression, i) => {
      names.push(`f${i}`);
      return `function f${i}(a, b) { a = a | 0; b = b | 0; return (${expression}) | 0; }`;
    });
    const { same } = both(functions.join("\n"), names);
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        for (const name of names) same(name, a, b);
      }),
    );
    for (const a of odd) for (const b of odd) for (const name of names) same(name, a, b);
  });

  test("has its operators of doubles, and its conversions", () => {
    const doubles = [
      "a + b",
      "a - b",
      "a * b",
      "a / b",
      "a % b",
      "-a",
      "sqrt(a)",
      "floor(a)",
      "ceil(b)",
      "abs(a)",
      "pow(a, b)",
    ];
    const integers = [
      "a < b",
      "a > b",
      "a <= b",
      "a >= b",
      "a == b",
      "a != b",
      "~~a",
      "~~(a * b)",
      "(a != nan) & (b < 2.5)",
    ];
    const converted = ["+(~~a | 0)", "+(~~a >>> 0)", "+half(+a)", "+(a < b ? a : b)", "level * a"];
    const names: string[] = [];
    const functions = [...doubles, ...converted, ...integers].map((expression, i) => {
      names.push(`f${i}`);
      const given = integers.includes(expression) ? `(${expression}) | 0` : `+(${expression})`;
      return `function f${i}(a, b) { a = +a; b = +b; return ${given}; }`;
    });
    const { same } = both(functions.join("\n"), names);
    fc.assert(
      fc.property(double, double, (a, b) => {
        for (const name of names) same(name, a, b);
      }),
    );
  });

  test("has its heap, at computed and at constant addresses", () => {
    const { same } = both(
      `function write(at, value, real) { at = at | 0; value = value | 0; real = +real;
         I8[at >> 0] = value; U8[at + 1 >> 0] = value; I16[at + 2 >> 1] = value; U16[at + 4 >> 1] = value;
         I32[at + 8 >> 2] = value; U32[(at << 0) + 12 >> 2] = value; F32[at + 16 >> 2] = real; F64[at + 24 >> 3] = real;
         I32[5] = value; F64[9] = real; U8[97] = value; return (I32[at + 32 >> 2] = value + 1) | 0; }
       function read(at) { at = at | 0;
         return (I8[at >> 0] + U8[at + 1 >> 0] + I16[at + 2 >> 1] + U16[at + 4 >> 1] + I32[5] + (U8[97] | 0) + (I32[at + 12 >> 2] ^ 3)) | 0; }
       function reals(at) { at = at | 0; return +(+F32[at + 16 >> 2] + F64[at + 24 >> 3] - F64[9]); }`,
      ["write", "read", "reals"],
    );
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 4000 }), integer, fc.double({ noNaN: true }), (eighth, value, real) => {
        same("write", eighth * 8, value, real);
        same("read", eighth * 8);
        same("reals", eighth * 8);
      }),
    );
  });

  test("has its loops, labels and switches", () => {
    const { same } = both(
      `function walk(n, m) { n = n | 0; m = m | 0; var i = 0, j = 0, sum = 0;
         outer: while (1) {
           if ((i | 0) >= (n | 0)) break;
           i = i + 1 | 0;
           j = 0;
           do {
             j = j + 1 | 0;
             if ((j & 3) == 2) continue;
             if ((imul(i, j) | 0) > (m | 0)) continue outer;
             if ((sum | 0) > 1000) break outer;
             sum = sum + j | 0;
           } while ((j | 0) < 9);
           sum = sum + 100 | 0;
         }
         return sum | 0; }
       function kind(x) { x = x | 0; var r = 0;
         big: { if ((x | 0) > 50) { r = 9; break big; } r = 1; }
         switch (x | 0) { case -2: { r = r + 10 | 0; break; } case 3: r = r + 20 | 0; case 4: { r = r + 40 | 0; break; } case 6: return 5; default: r = -r | 0; }
         do { if (x & 1) break; r = r + 1000 | 0; } while (0);
         return r | 0; }
       function forever(x) { x = x | 0; while (1) { x = x - 3 | 0; if ((x | 0) < 0) return x | 0; } return 0; }`,
      ["walk", "kind", "forever"],
    );
    for (let n = 0; n < 12; n++) for (let m = 0; m < 60; m += 7) same("walk", n, m);
    for (let x = -5; x < 60; x++) same("kind", x);
    for (let x = 0; x < 9; x++) same("forever", x);
  });

  test("has its calls: of itself, of what it imports, and by a table in the order of JavaScript", () => {
    const { same } = both(
      `function fib(n) { n = n | 0; if ((n | 0) < 2) return n | 0; return (fib(n - 1 | 0) | 0) + (fib(n - 2 | 0) | 0) | 0; }
       function add(a, b) { a = a | 0; b = b | 0; return a + b | 0; }
       function sub(a, b) { a = a | 0; b = b | 0; return a - b | 0; }
       function times(a, b) { a = a | 0; b = b | 0; return imul(a, b) | 0; }
       function quiet(a) { a = a | 0; counter = counter + a | 0; }
       function loud(a) { a = a | 0; note(a | 0); note(a | 0, counter | 0, +level); }
       function choose(k) { k = k | 0; I32[25] = k; return 0; }
       function turn(k, a, b) { k = k | 0; a = a | 0; b = b | 0;
         return two[I32[25] & 3](two[k & 3](a, b) | 0, (choose(k + 1 | 0) | 0) + b | 0) | 0; }
       function run(k, a) { k = k | 0; a = a | 0; one[k & 1](a); top = top + a | 0; level = level * 2.0; return (note(top | 0) | 0) + counter | 0; }
       function steps(a) { a = a | 0; var b = 0; b = (counter = a + 1 | 0) + 1 | 0; return (quiet(b), counter) | 0; }`,
      ["fib", "turn", "run", "steps"],
      "var two = [add, sub, times, add], one = [quiet, loud];",
    );
    expect(same("fib", 15)).toBe(610);
    for (let k = 0; k < 9; k++) {
      same("turn", k, 5 + k, 3);
      same("run", k, k * 10);
      same("steps", k);
    }
  });

  test.each([
    "return { f: g };",
    "function f(a) { a = a | 0; for (;;) {} } return { f: f };",
    "var x = window.y; return {};",
  ])("is refused where it is none: %s", (body) => {
    expect(() => translated(`(function(global, env, buffer) { ${body} })`)).toThrow("this is no asm.js");
  });
});
