/** The file of a program that is named with or without its extension. */
export function programPath(name: string): string {
  return name.endsWith(".ded") ? name : `${name}.ded`;
}
