import { readFile } from "node:fs/promises";
import { ConsoleError } from "#contract";
import type { EndpointAddress } from "../services/ports.ts";
import type { OpenConnectionOptions, SignInWay } from "../transport/winrmConnection.ts";

export type TrustOptions = Pick<OpenConnectionOptions, "pinnedSha256" | "trust">;

/** Nothing is trusted by itself, however good it looks: a person looks at a certificate first, and it is pinned then. */
export function trustOptions({ trustedSha256 }: EndpointAddress): TrustOptions {
  return trustedSha256 === undefined ? { trust: () => false } : { pinnedSha256: trustedSha256 };
}

/** How to sign in, with the files of a client certificate read. Throws ConsoleError invalidInput where they cannot be. */
export async function signInWay({ signIn = { kind: "negotiate" } }: EndpointAddress): Promise<SignInWay> {
  if (signIn.kind !== "certificate") return signIn;
  const certificate = await pemOf(signIn.certificateFile, "CERTIFICATE");
  const key = await pemOf(signIn.keyFile, "PRIVATE KEY");
  return { kind: "certificate", certificate, revealKey: () => key };
}

async function pemOf(file: string, label: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new ConsoleError(
      "invalidInput",
      `The file ${file} cannot be read. Check its path and its rights.`,
      {
        cause,
      },
    );
  });
  if (new RegExp(`^-----BEGIN [A-Z ]*${label}-----`, "m").test(text)) return text;
  throw new ConsoleError("invalidInput", `The file ${file} holds no ${label} in PEM form.`);
}
