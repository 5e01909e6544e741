import type { Digests } from "../protocol/ntlm/digests.ts";
import { NtlmClient, type NtlmClientOptions } from "../protocol/ntlm/ntlmClient.ts";
import { NtlmServer, type NtlmServerOptions } from "../protocol/ntlm/ntlmServer.ts";
import { nodeDigests } from "../transport/nodeDigests.ts";

export const digests: Digests = nodeDigests;

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll("|", ""), "hex"));
}

/** Randomness that repeats itself: all bytes the same, other for every call. */
export function countingRandom(): (count: number) => Uint8Array {
  let calls = 0;
  return (count) => new Uint8Array(count).fill(++calls);
}

/** A client for the account of `anNtlmServer`; a test names only what it is about. */
export function anNtlmClient(options: Partial<NtlmClientOptions> = {}): NtlmClient {
  return new NtlmClient({
    account: "PRACTICE\\operator",
    revealPassword: () => "Correct horse",
    host: "azs-ercs01",
    sealing: true,
    channelBindings: null,
    digests,
    random: countingRandom(),
    now: () => 132_000_000_000_000_000n,
    ...options,
  });
}

/** A server with one account, PRACTICE\operator. */
export function anNtlmServer(options: Partial<NtlmServerOptions> = {}): NtlmServer {
  return new NtlmServer({
    findAccount: ({ userName, domainName }) =>
      userName === "operator" && domainName === "PRACTICE"
        ? { account: "PRACTICE\\operator", revealPassword: () => "Correct horse" }
        : null,
    computerName: "AZS-ERCS01",
    domainName: "PRACTICE",
    sealing: true,
    channelBindings: null,
    demandChannelBinding: false,
    digests,
    random: countingRandom(),
    now: () => 132_000_000_000_000_000n,
    ...options,
  });
}

type ErrorClass = abstract new (...parameters: never[]) => Error;

/** Runs it and gives what it threw that was none of the named errors; null when all is well. */
export function foreignError(act: () => unknown, ...named: readonly ErrorClass[]): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return named.some((one) => error instanceof one) ? null : error;
  }
}
