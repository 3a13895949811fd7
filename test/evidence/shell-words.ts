/** The words of a command as a POSIX shell sees them, if it quotes with `'` and `\` alone. */
export function shellWords(command: string): readonly string[] {
  const words = command.match(/(?:[^\s'\\]|'[^']*'|\\[\s\S])+/g) ?? [];
  return words.map((word) =>
    word.replace(/'([^']*)'|\\([\s\S])/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? ""),
  );
}
