import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system of its own with so many bytes, which can be full. */
export type SmallDisk = Disposable & {
  readonly folder: string;
  /** Leaves no more than so many pages free, with files of its own beside the folder. */
  readonly fill: (freePages: number) => void;
};

/** Where this machine lets us mount one (Linux, as root); else null. */
export function smallDisk(bytes: number): SmallDisk | null {
  const root = mkdtempSync(join(tmpdir(), "small-disk-"));
  const folder = join(root, "data");
  const mount = (...args: readonly string[]): boolean =>
    spawnSync("mount", args, { stdio: "ignore" }).status === 0;
  if (process.platform !== "linux" || !mount("-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", root)) {
    rmSync(root, { recursive: true });
    return null;
  }
  const ballast = join(root, "ballast");
  return {
    folder,
    fill: (freePages) => {
      rmSync(ballast, { force: true });
      const { bavail, bsize } = statfsSync(root);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail - freePages) * bsize));
    },
    [Symbol.dispose]: () => {
      spawnSync("umount", [root], { stdio: "inherit" });
      rmSync(root, { recursive: true });
    },
  };
}

/** Looked for once: only root may mount. */
export const isMountable = ((): boolean => {
  using disk = smallDisk(65_536);
  return disk !== null;
})();
