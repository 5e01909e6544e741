import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importable, runModule, startModule } from "../testing/childModule.ts";
import { LockedError, underLock } from "./processLock.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "x.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockModule = importable("locks/processLock.ts");
const never = (): Promise<never> => new Promise(() => undefined);

describe.skipIf(process.platform === "win32")("where a process can be stopped and a limit set", () => {
  test("one who stood still while he held it loses it, and writes only after he has it again", async () => {
    const file = join(folder, "written");
    const holder = startModule(
      `
        import { appendFileSync } from "node:fs";
        import { once } from "node:events";
        import { underLock } from ${lockModule};
        await underLock(${JSON.stringify(path)}, async (check) => {
          console.log("held");
          await once(process.stdin, "data");
          check();
          appendFileSync(${JSON.stringify(file)}, "stopped\\n");
          process.stdin.destroy();
        }, 60_000);
      `,
    );
    await holder.lines.next();
    holder.process.kill("SIGSTOP");
    await underLock(
      path,
      async () => {
        holder.process.kill("SIGCONT");
        holder.process.stdin?.write("go");
        // It has found that it lost the lock, and waits for us.
        await expect(underLock(path, never, 500)).rejects.toThrow(LockedError);
        appendFileSync(file, "we\n");
      },
      60_000,
    );
    expect((await holder.lines.next()).value).toBe("held");
    holder.process.stdin?.write("go");
    expect(await holder.ended).toBe(0);
    expect(readFileSync(file, "utf8")).toBe("we\nstopped\n");
  });

  test("a lock that the disk does not take is an error, and does not stay behind half written", async () => {
    const status = await runModule(
      `import { underLock } from ${lockModule};
       try {
         await underLock(${JSON.stringify(path)}, async () => process.exit(1));
       } catch (error) {
         process.exit(error.code === "EFBIG" ? 0 : 2);
       }`,
      "ulimit -f 0",
    );
    expect(status).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});
