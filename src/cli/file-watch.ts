import type { FSWatcher } from "node:fs";
import { existsSync, statSync, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** Milliseconds in which an editor finishes a save: it writes a file, then renames it. */
const settling = 20;
/** Milliseconds between two attempts to watch a folder that is missing. */
const patience = 200;

/**
 * Reports when one of some files changes, appears, disappears or is replaced. It watches their folders, since watching a file ends when
 * the file is replaced. `vague`: any program that appears in the folders counts, for an include that was not found.
 */
export class FileWatch {
  private readonly watchers = new Map<string, FSWatcher | NodeJS.Timeout>();
  private files: ReadonlyMap<string, string> = new Map();
  private vague = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly changed: () => void) {}

  /** Watches these files. A change since a file was last looked at is still reported. */
  set(paths: readonly string[], vague: boolean): void {
    this.vague = vague;
    this.files = new Map(
      paths.map((path) => {
        const place = resolve(path);
        return [place, this.files.get(place) ?? stampOf(place)];
      }),
    );
    const folders = new Set([...this.files.keys()].map((path) => dirname(path)));
    for (const [folder, watcher] of this.watchers) {
      if (folders.has(folder)) continue;
      end(watcher);
      this.watchers.delete(folder);
    }
    for (const folder of folders) if (!this.watchers.has(folder)) this.watchFolder(folder);
  }

  /** The files are about to be read: changes count from now on. */
  restamp(): void {
    this.files = new Map([...this.files.keys()].map((path) => [path, stampOf(path)]));
  }

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) end(watcher);
    this.watchers.clear();
  }

  private watchFolder(folder: string): void {
    const later = (): void => {
      const known = this.watchers.get(folder);
      if (known !== undefined) end(known);
      this.watchers.set(
        folder,
        setTimeout(() => {
          this.watchers.delete(folder);
          this.watchFolder(folder);
          if (existsSync(folder)) this.look();
        }, patience),
      );
    };
    try {
      const watcher = watch(folder, (_, name) => {
        if (!existsSync(folder)) later();
        const isOurs = name === null || this.files.has(resolve(folder, basename(name)));
        if (isOurs || (this.vague && name.endsWith(".ded"))) this.look();
      });
      watcher.on("error", later);
      this.watchers.set(folder, watcher);
    } catch {
      later();
    }
  }

  /** Waits a moment, then compares the files: an editor touches a file several times. */
  private look(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const isDifferent = [...this.files].some(([path, stamp]) => stampOf(path) !== stamp);
      if (isDifferent || this.vague) this.changed();
    }, settling);
  }
}

function end(watcher: FSWatcher | NodeJS.Timeout): void {
  if ("close" in watcher && typeof watcher.close === "function") watcher.close();
  else clearTimeout(watcher as NodeJS.Timeout);
}

/** The identity of a file's state: modification time, size and inode. */
function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "";
  }
}
