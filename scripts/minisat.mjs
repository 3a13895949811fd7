// logic-solver's MiniSat as our bundles have it: an emscripten module whose heap and stack have other sizes.
import { readFileSync } from "node:fs";

const MEBIBYTE = 2 ** 20;
const ASM = '"use asm"';
/** The sizes that the package has, as its text says them. */
const packaged = { TOTAL_MEMORY: 64 * MEBIBYTE, TOTAL_STACK: 5 * MEBIBYTE };

/** The module's text with other sizes, in bytes. */
function resized(text, sizes) {
  return Object.entries(sizes).reduce((patched, [name, bytes]) => {
    const expression = (size) => `Module["${name}"]||${size}`;
    if (!patched.includes(expression(packaged[name]))) throw unknownText();
    return patched.replace(expression(packaged[name]), expression(bytes));
  }, text);
}

/** The module as a function of the size of the heap in bytes, where another than that of `sizes` will do. */
function sizedWhenMade(text) {
  const [head, heap] = ["C_MINISAT=(function(){", 'var TOTAL_MEMORY=Module["TOTAL_MEMORY"]||'];
  if (!text.includes(head) || !text.includes(heap)) throw unknownText();
  return text.replace(head, "C_MINISAT=(function($heap){").replace(heap, "var TOTAL_MEMORY=$heap||");
}

/** The module as ordinary code: Node takes ten times as long to validate an asm.js module as to read it. */
function withoutAsm(text) {
  if (!text.includes(ASM)) throw unknownText();
  return text.replaceAll(ASM, "0");
}

/** Without what evaluates a text: parts of emscripten's runtime that the solver never comes to. */
function withoutEval(text) {
  if (!text.includes("eval(")) throw unknownText();
  return text.replaceAll(/(?<![\w$.])eval\(/g, '(()=>{throw new Error("no text is evaluated")})(');
}

/** The asm.js module kept as a text that is evaluated when it is first instantiated, so that nothing is validated before. */
function evaluatedLater(text) {
  const body = JSON.stringify(`${text}\nreturn C_MINISAT;`);
  return `const text = ${body}; let instantiate; module.exports = (heap) => (instantiate ??= new Function(text)())(heap);`;
}

function unknownText() {
  return new Error("logic-solver's minisat.js is not the text that scripts/minisat.mjs can patch");
}

/**
 * An esbuild plugin. `sizes` are `TOTAL_MEMORY` and `TOTAL_STACK`, in bytes. With `compiled`, what `minisat.js?compiled`
 * imports is the asm.js module; otherwise both are one module of ordinary code, in which no text is evaluated.
 */
export function minisat({ sizes, compiled }) {
  return {
    name: "minisat",
    setup(builder) {
      if (!compiled)
        builder.onResolve({ filter: /^logic-solver\/minisat\.js\?compiled$/ }, ({ resolveDir, kind }) =>
          builder.resolve("logic-solver/minisat.js", { resolveDir, kind }),
        );
      builder.onLoad({ filter: /logic-solver[\\/]minisat\.js$/ }, ({ path, suffix }) => {
        const text = sizedWhenMade(resized(readFileSync(path, "utf8"), sizes));
        if (!compiled) return { contents: withoutEval(withoutAsm(text)), loader: "js" };
        return { contents: suffix === "?compiled" ? evaluatedLater(text) : withoutAsm(text), loader: "js" };
      });
    },
  };
}
