import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StampFacts } from "./screens/targets.ts";
import { startOwnStamp, temporaryFolder } from "./startServe.ts";

export const labName = "Lab stamp";
export const labPassword = "right-Passw0rd-of-the-lab";

/** A practice stamp as a program of its own, to be added like a real one; gone with its folder when disposed of. */
export async function startLabStamp(
  more: readonly string[] = [],
): Promise<AsyncDisposable & { readonly facts: StampFacts }> {
  const folder = await temporaryFolder();
  const passwordFile = join(folder.path, "password");
  await writeFile(passwordFile, `${labPassword}\n`, { mode: 0o600 });
  const stamp = await startOwnStamp(join(folder.path, "state"), passwordFile, more);
  return {
    facts: JSON.parse(stamp.ready) as StampFacts,
    [Symbol.asyncDispose]: async () => {
      await stamp[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
