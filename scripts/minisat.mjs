// logic-solver's MiniSat as our bundles have it. The package's is an emscripten module in asm.js with a heap of 64 MiB. For Node it
// becomes WebAssembly with a heap that grows, or ordinary code where the address space is limited (an engine reserves gigabytes of it for
// WebAssembly, and ends the process if it cannot); for browsers ordinary code with a heap of another size.
import { readFileSync } from "node:fs";
import { importsOf, translated } from "./wasm/asm-js.mjs";
import { PAGE } from "./wasm/binary.mjs";

const MEBIBYTE = 2 ** 20;
const ASM = '"use asm"';
/** The text around the asm.js module, which is a function of the library, the surroundings and the heap. */
const [ASM_START, ASM_END] = ["// EMSCRIPTEN_START_ASM\nvar asm=", "// EMSCRIPTEN_END_ASM"];
/** How the package makes its heap, and what it does when that is full. */
const HEAP = "var buffer=new ArrayBuffer(TOTAL_MEMORY);";
const FULL = "function enlargeMemory(){";
/** The heap of ordinary code in Node. */
const FIXED = 256 * MEBIBYTE;
/** The sizes that the package has, as its text says them. */
const packaged = { TOTAL_MEMORY: 64 * MEBIBYTE, TOTAL_STACK: 5 * MEBIBYTE };
/** The module's views of its heap. */
const VIEWS = ["HEAP8", "HEAP16", "HEAP32", "HEAPU8", "HEAPU16", "HEAPU32", "HEAPF32", "HEAPF64"];

/** The text with a part replaced that it has to have. */
function patched(text, part, replacement) {
  if (!text.includes(part))
    throw new Error("logic-solver's minisat.js is not the text that scripts/minisat.mjs can patch");
  return text.replaceAll(part, () => replacement);
}

/** The module's text with other sizes, in bytes. */
function resized(text, sizes) {
  return Object.entries(sizes).reduce(
    (before, [name, bytes]) => patched(before, `Module["${name}"]||${packaged[name]}`, `Module["${name}"]||${bytes}`),
    text,
  );
}

/** The module as ordinary code: to validate asm.js takes ten times as long as to read it. */
function withoutAsm(text) {
  return patched(text, ASM, "0");
}

/** Without what evaluates a text: parts of emscripten's runtime that the solver never comes to. */
function withoutEval(text) {
  return text.replaceAll(/(?<![\w$.])eval\(/g, '(()=>{throw new Error("no text is evaluated")})(');
}

/**
 * The module with WebAssembly in place of asm.js, and a heap that grows to `most` bytes. Compiled when it is first instantiated; where that
 * cannot be, with the asm.js as ordinary code, evaluated when it is first needed, and a heap of fixed size.
 */
function inWebAssembly(text, { most, checked }) {
  const [start, end] = [text.indexOf(ASM_START) + ASM_START.length, text.indexOf(ASM_END)];
  const asm = text.slice(start, end);
  const bytes = Buffer.from(translated(asm, { checked })).toString("base64");
  const [instance, heap] = [
    "($wasm?(_,env)=>new WebAssembly.Instance($compiled(),$imports({...env,ABORT:Number(env.ABORT)},$memory)).exports:$ordinary())\n",
    `var $memory=$wasm?new WebAssembly.Memory({initial:TOTAL_MEMORY/${PAGE},maximum:${most / PAGE}}):undefined;
var buffer=$wasm?$memory.buffer:new ArrayBuffer(TOTAL_MEMORY);`,
  ];
  // Twice as much as there is, or what is asked for; the package's own end if there is no such memory.
  const grown = `if($wasm)try{
    $memory.grow(Math.max(Math.min(TOTAL_MEMORY,${most}-TOTAL_MEMORY)/${PAGE},Math.ceil((DYNAMICTOP+1-TOTAL_MEMORY)/${PAGE})));
    buffer=$memory.buffer;
    TOTAL_MEMORY=buffer.byteLength;
    ${VIEWS.map((name) => `Module["${name}"]=${name}=new ${name}.constructor(buffer);`).join("")}
    return;
  }catch(thrown){if(!(thrown instanceof RangeError))throw thrown}`;
  const replacements = [
    [asm, instance],
    [HEAP, heap],
    [FULL, FULL + grown],
    ["C_MINISAT=(function(){", "C_MINISAT=(function($wasm){"],
    ["var TOTAL_MEMORY=", `var TOTAL_MEMORY=!$wasm&&${FIXED}||`],
  ];
  return `let $module,$function,$isRoomy;
const $compiled=()=>($module??=new WebAssembly.Module(Buffer.from("${bytes}","base64")));
const $ordinary=()=>($function??=new Function(${JSON.stringify(`return ${withoutAsm(asm)}`)})());
const $imports=${importsOf};
const $unlimited=()=>{
  if(typeof WebAssembly==="undefined")return false;
  try{return !/^Max address space +\\d/m.test(require("node:fs").readFileSync("/proc/self/limits","latin1"))}catch{return true}
};
${replacements.reduce((before, [part, replacement]) => patched(before, part, replacement), text)}
module.exports=()=>{
  if($isRoomy??=$unlimited())try{return C_MINISAT(true)}catch(thrown){
    if(!(thrown instanceof RangeError))throw thrown;
    $isRoomy=false;
  }
  return C_MINISAT(false);
};`;
}

/**
 * An esbuild plugin. `heap`: the size that the solver's heap has, in bytes, as a number or an expression; with `most`, in
 * WebAssembly, the size that it begins with and the one to which it grows. `stack`: the part of it that is the stack. `checked`:
 * every address is checked.
 */
export function minisat({ heap, most, stack = packaged.TOTAL_STACK, checked = false }) {
  return {
    name: "minisat",
    setup(builder) {
      builder.onLoad({ filter: /logic-solver[\\/]minisat\.js$/ }, ({ path }) => {
        const text = resized(readFileSync(path, "utf8"), { TOTAL_MEMORY: heap, TOTAL_STACK: stack });
        return {
          contents:
            most === undefined ? withoutEval(withoutAsm(text)) : inWebAssembly(withoutEval(text), { most, checked }),
          loader: "js",
        };
      });
    },
  };
}
