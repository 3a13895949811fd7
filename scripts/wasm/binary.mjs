// WebAssembly's binary format, as far as asm.js needs it (WebAssembly Core Specification 1.0, chapter 5).

export const I32 = 0x7f;
export const F64 = 0x7c;
export const PAGE = 2 ** 16;

/** The opcodes that `scripts/wasm/asm-js.mjs` writes. */
export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  drop: 0x1a,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  f64Const: 0x44,
  i32: {
    eqz: 0x45,
    "==": 0x46,
    "!=": 0x47,
    "<": { signed: 0x48, unsigned: 0x49 },
    ">": { signed: 0x4a, unsigned: 0x4b },
    "<=": { signed: 0x4c, unsigned: 0x4d },
    ">=": { signed: 0x4e, unsigned: 0x4f },
    "+": 0x6a,
    "-": 0x6b,
    "*": 0x6c,
    "/": { signed: 0x6d, unsigned: 0x6e },
    "%": { signed: 0x6f, unsigned: 0x70 },
    "&": 0x71,
    "|": 0x72,
    "^": 0x73,
    "<<": 0x74,
    ">>": 0x75,
    ">>>": 0x76,
  },
  f64: {
    "==": 0x61,
    "!=": 0x62,
    "<": 0x63,
    ">": 0x64,
    "<=": 0x65,
    ">=": 0x66,
    abs: 0x99,
    negate: 0x9a,
    ceil: 0x9b,
    floor: 0x9c,
    sqrt: 0x9f,
    "+": 0xa0,
    "-": 0xa1,
    "*": 0xa2,
    "/": 0xa3,
    ofSigned: 0xb7,
    ofUnsigned: 0xb8,
    ofSingle: 0xbb,
    toSingle: 0xb6,
  },
};

/** An integer without sign, in LEB128. */
export function unsigned(value) {
  const bytes = [];
  for (let rest = value; ; ) {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    if (rest === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** An integer of 32 bits, in signed LEB128. */
export function signed(value) {
  const bytes = [];
  for (let rest = value | 0; ; ) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export function double(value) {
  return [...new Uint8Array(new Float64Array([value]).buffer)];
}

function vector(items) {
  return [...unsigned(items.length), ...items.flat()];
}

function text(string) {
  return vector([...Buffer.from(string, "utf8")]);
}

function section(id, items) {
  if (items.length === 0) return [];
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

/** Locals, as runs of one type each. */
function locals(types) {
  const runs = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  return vector(runs.map(({ type, count }) => [...unsigned(count), type]));
}

/**
 * A module's bytes. `types`: `{ parameters, result }` of functions, `result` absent for none. `functionImports`: `{ from, name, type }`,
 * the first functions. `globalImports`: `{ from, name, type }`, the first globals. `globals`: mutable, `{ type, start }` with the bytes of
 * an initial expression. `functions`: `{ type, locals, code }`. `table`: indices of functions. `exports`: `{ name, index }` of functions.
 * The memory is imported as `env.memory`.
 */
export function moduleBytes({ types, functionImports, globalImports, globals, functions, table, exports }) {
  const imported = (from, name) => [...text(from), ...text(name)];
  const body = ({ locals: types, code }) => {
    const content = [...locals(types), ...code, op.end];
    return [...unsigned(content.length), ...content];
  };
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      types.map(({ parameters, result }) => [
        0x60,
        ...vector(parameters),
        ...vector(result === undefined ? [] : [result]),
      ]),
    ),
    ...section(2, [
      ...functionImports.map(({ from, name, type }) => [...imported(from, name), 0x00, ...unsigned(type)]),
      [...imported("env", "memory"), 0x02, 0x00, ...unsigned(0)],
      ...globalImports.map(({ from, name, type }) => [...imported(from, name), 0x03, type, 0x00]),
    ]),
    ...section(
      3,
      functions.map(({ type }) => unsigned(type)),
    ),
    ...section(4, table.length === 0 ? [] : [[0x70, 0x01, ...unsigned(table.length), ...unsigned(table.length)]]),
    ...section(
      6,
      globals.map(({ type, start }) => [type, 0x01, ...start, op.end]),
    ),
    ...section(
      7,
      exports.map(({ name, index }) => [...text(name), 0x00, ...unsigned(index)]),
    ),
    ...section(9, table.length === 0 ? [] : [[0x00, op.i32Const, 0x00, op.end, ...vector(table.map(unsigned))]]),
    ...section(10, functions.map(body)),
  ]);
}
