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

/**
 * What the package does not offer of its MiniSat, as functions of its asm.js: `c[964]` is the address of the solver, and what is added to
 * it that of a field of `SimpSolver` (MiniSat 2.2). `Cc` is `SimpSolver::eliminate`, whose second argument says that it is the last time.
 */
const ADDED = {
  // phase_saving
  forgetPhases: "function forgetPhases(){c[(c[964]|0)+88>>2]=0}",
  // frozen
  keepVariable: "function keepVariable(v){v=v|0;a[(c[(c[964]|0)+876>>2]|0)+v>>0]=1}",
  // eliminated
  isEliminated: "function isEliminated(v){v=v|0;return d[(c[(c[964]|0)+904>>2]|0)+v>>0]|0}",
  eliminate: "function eliminate(){Cc(c[964]|0,1)|0}",
  // asynch_interrupt, on which nothing but the end of elimination is done
  endElimination: "function endElimination(){var s=0;s=(c[964]|0)+680|0;a[s>>0]=1;Cc(c[964]|0,1)|0;a[s>>0]=0}",
  limitConflicts: "function limitConflicts(n){n=n|0;conflictLimit=n|0}",
};
/** What it does otherwise, each a part of its text and another in its place. */
const CHANGED = [
  ["var p=env._stderr|0;", "var p=env._stderr|0;var conflictLimit=-1;"],
  // It ends elimination as soon as it has a solver.
  ["c[964]=e;Cc(e,1)|0;", "c[964]=e;"],
  // A question has no limit on conflicts (conflict_budget and conflicts, of 64 bits), eliminates variables first unless that has ended, and is answered by yes or no.
  [
    "f=e+664|0;c[f+0>>2]=-1;c[f+4>>2]=-1;",
    "f=e+664|0;c[f+0>>2]=(conflictLimit|0)<0?-1:(c[e+192>>2]|0)+conflictLimit|0;c[f+4>>2]=conflictLimit>>31;",
  ],
  [
    "j=b+664|0;c[j+0>>2]=-1;c[j+4>>2]=-1;",
    "j=b+664|0;c[j+0>>2]=(conflictLimit|0)<0?-1:(c[b+192>>2]|0)+conflictLimit|0;c[j+4>>2]=conflictLimit>>31;",
  ],
  ["Bc(b,e,1,0);i=d;return(a[b>>0]|0)==0|0", "Bc(b,e,0,0);i=d;return a[b>>0]|0"],
  ["Bc(h,b,1,0);b=(a[h>>0]|0)==0;", "Bc(h,b,0,0);b=a[h>>0]|0;"],
];

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

/** The package's text, of `logic-solver/minisat.js`, with what it does not offer itself. */
export function extended(text) {
  const names = Object.keys(ADDED);
  return [
    ...CHANGED,
    ["var eb=[", `${Object.values(ADDED).join("")}var eb=[`],
    ["return{_yo:", `return{${names.map((name) => `_${name}:${name},`).join("")}_yo:`],
    ['var _yo=Module["_yo"]', `${names.map((n) => `Module["_${n}"]=asm["_${n}"];`).join("")}var _yo=Module["_yo"]`],
  ].reduce((before, [part, replacement]) => patched(before, part, replacement), text);
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
        const text = resized(extended(readFileSync(path, "utf8")), { TOTAL_MEMORY: heap, TOTAL_STACK: stack });
        return {
          contents:
            most === undefined ? withoutEval(withoutAsm(text)) : inWebAssembly(withoutEval(text), { most, checked }),
          loader: "js",
        };
      });
    },
  };
}
