import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { peersPython } from "./python.ts";
import { root, startTalker } from "./process.ts";

/** Starts the practice stamp as its own program and lets foreign clients at it; gives their exit status. */
export async function stampAgainstPeer(): Promise<number> {
  const python = peersPython(() => undefined);
  const password = "practice-Peer-Passw0rd";
  const folder = await mkdtemp(join(tmpdir(), "rsc-stamp-"));
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    const options = [
      "--port",
      "0",
      "--account",
      "AZS\\cloudadmin",
      "--password-file",
      passwordFile,
      "--state",
      join(folder, "state"),
    ];
    await using stamp = await startTalker(process.execPath, [
      join(root, "electron/drill/main.ts"),
      ...options,
      "--seed",
      "7",
      "--json",
    ]);
    await using secure = await startTalker(process.execPath, [
      join(root, "electron/drill/main.ts"),
      "--port",
      "0",
      "--account",
      "AZS\\cloudadmin",
      "--password-file",
      passwordFile,
      "--seed",
      "7",
      "--tls",
      "--demand-channel-binding",
      "--json",
    ]);
    const environment = {
      ...process.env,
      STAMP_READY: JSON.stringify(stamp.ready),
      STAMP_READY_TLS: JSON.stringify(secure.ready),
      STAMP_PASSWORD: password,
    };
    const { promise, resolve } = Promise.withResolvers<number>();
    spawn(python, [join(import.meta.dirname, "stamp_peer.py")], { env: environment, stdio: "inherit" }).once(
      "exit",
      (status) => resolve(status ?? 1),
    );
    return await promise;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
