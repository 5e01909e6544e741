import { copyFileSync, linkSync, realpathSync, renameSync, rmSync } from "node:fs";

/**
 * Lets `replace` put another file in the place of this one. Where it throws, or what stands there then is not right, what
 * stood there before is put back, and it throws. A second name for the file keeps it meanwhile: that takes no room.
 */
export function replacedSurely(path: string, replace: () => void, isRight: () => boolean): void {
  const before = keptBefore(path);
  try {
    replace();
    if (!isRight()) throw new Error(`the disk did not take all of ${path}: it is full, or out of order`);
  } catch (error) {
    if (before === null) rmSync(path, { force: true });
    else renameSync(before.name, before.of);
    throw error;
  } finally {
    // Where nothing was replaced both names are still the same file, and the renaming has done nothing.
    if (before !== null) rmSync(before.name, { force: true });
  }
}

/** The second name, null when there is no file yet. The file of a link is the one that it leads to. */
function keptBefore(path: string): { readonly name: string; readonly of: string } | null {
  let of: string;
  try {
    of = realpathSync(path);
  } catch {
    return null;
  }
  const name = `${of}.before`;
  rmSync(name, { force: true });
  try {
    linkSync(of, name);
  } catch {
    copyFileSync(of, name); // not every file system has second names
  }
  return { name, of };
}
