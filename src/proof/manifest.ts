import type { Malformed } from "./formula.js";
import { malformed } from "./formula.js";

/*
 * The manifest that `--proof` writes beside a formula and its proof, and `ldfi verify` reads: the program and options of the formula, and
 * the checksums of both files. Its format is schema/proof.schema.json.
 */

/** A file, relative to the folder of the manifest, and the SHA-256 of its content in hexadecimal digits. */
export interface FileSum {
  readonly file: string;
  readonly sha256: string;
}

export interface Manifest {
  /** The version of this format. */
  readonly format: 1;
  /** The version of ldfi that made the formula. */
  readonly ldfi: string;
  /** The program: its files as named, and the checksum of the texts of all its files. */
  readonly program: {
    readonly files: readonly string[];
    readonly includeDirs: readonly string[];
    readonly sha256: string;
  };
  /** The options of the check, by the names that the library uses. Infinity is "any". */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly formula: FileSum & { readonly variables: number; readonly clauses: number };
  readonly proof: FileSum & { readonly format: "text" | "binary"; readonly steps: number };
  /** The command that wrote the proof; absent if the formula is contradictory by itself. */
  readonly solver?: string;
}

export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? "any" : value), 2)}\n`;
}

/** Reads a manifest; reports the first wrong field. */
export function readManifest(text: string): Manifest | Malformed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed("it is not JSON");
  }
  const reader = new Fields(value, "");
  const manifest = reader.manifest();
  return reader.problem === undefined ? manifest : malformed(reader.problem);
}

/** The parameters as the library takes them. */
export function parametersIn({ parameters }: Manifest): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value === "any" ? Number.POSITIVE_INFINITY : value]),
  );
}

/** Reads the fields of a value, and keeps the first problem. */
class Fields {
  problem: string | undefined;
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    private readonly path: string,
  ) {
    this.fields = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    if (this.fields !== value) this.problem = `${path === "" ? "it" : path} is not an object`;
  }

  manifest(): Manifest {
    if (this.fields.format !== 1) this.wrong("format", "1, the format that this version of ldfi reads");
    const [program, formula, proof] = ["program", "formula", "proof"].map((name) => this.within(name)) as [
      Fields,
      Fields,
      Fields,
    ];
    const { solver } = this.fields;
    const manifest: Manifest = {
      format: 1,
      ldfi: this.text("ldfi"),
      program: {
        files: program.texts("files"),
        includeDirs: program.texts("includeDirs"),
        sha256: program.sum(),
      },
      parameters: this.within("parameters").fields,
      formula: { ...formula.fileSum(), variables: formula.count("variables"), clauses: formula.count("clauses") },
      proof: {
        ...proof.fileSum(),
        format: proof.fields.format === "binary" ? "binary" : "text",
        steps: proof.count("steps"),
      },
      ...(typeof solver === "string" ? { solver } : {}),
    };
    for (const part of [program, formula, proof]) this.problem ??= part.problem;
    return manifest;
  }

  private within(name: string): Fields {
    const inner = new Fields(this.fields[name], `${this.path}${name}`);
    this.problem ??= inner.problem;
    return inner;
  }

  private text(name: string): string {
    const value = this.fields[name];
    if (typeof value === "string") return value;
    this.wrong(name, "a string");
    return "";
  }

  private texts(name: string): readonly string[] {
    const value = this.fields[name];
    if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) return value;
    this.wrong(name, "a list of strings");
    return [];
  }

  private count(name: string): number {
    const value = this.fields[name];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    this.wrong(name, "a number");
    return 0;
  }

  private sum(): string {
    const value = this.text("sha256");
    if (!/^[0-9a-f]{64}$/.test(value)) this.wrong("sha256", "64 hexadecimal digits");
    return value;
  }

  private fileSum(): FileSum {
    return { file: this.text("file"), sha256: this.sum() };
  }

  private wrong(name: string, wanted: string): void {
    this.problem ??= `${this.path === "" ? "" : `${this.path}.`}${name} is not ${wanted}`;
  }
}

/** The header of a formula in DIMACS CNF. */
export function sizeOf(cnf: string): { readonly variables: number; readonly clauses: number } | Malformed {
  const match = /^p cnf (\d+) (\d+)$/m.exec(cnf);
  if (match === null) return malformed("there is no header of a CNF");
  return { variables: Number(match[1]), clauses: Number(match[2]) };
}
