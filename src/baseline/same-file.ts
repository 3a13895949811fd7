/**
 * Whether two paths may name the same file from different folders: one is a suffix of the other, component by component.
 *
 *     protocols/ack.ded   /home/ci/base/protocols/ack.ded
 */
export function sameFile(a: string, b: string): boolean {
  const [x, y] = [partsOf(a), partsOf(b)];
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  return short.length > 0 && short.every((part, i) => part === long[long.length - short.length + i]);
}

function partsOf(path: string): readonly string[] {
  return path.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
}
