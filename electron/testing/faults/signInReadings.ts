import { createWinrmServer } from "../../transport/listenWinrm.ts";
import { openConnectionOver } from "../../transport/openConnection.ts";
import { FaultyLine, type LineFault } from "./faultyLine.ts";
import { wordsOf } from "./readings.ts";
import { stillChance } from "./stillChance.ts";
import type { VirtualTime } from "./virtualTime.ts";

const address = { host: "127.0.0.1", port: 5_985, transport: "http" } as const;
const password = "Marked-Horse-7Q9";
const credential = { account: "AZS\\cloudadmin", revealPassword: () => password };
const longestWait = 250_000;

/**
 * What both ends make of a sign-in under each of the faults, and of one request behind it: a sign-in takes three rounds
 * and perhaps a second socket, so the transports of both ends are joined, with nothing above them. `fault.offset` counts
 * from the first byte of the socket; `schemes` are those that the client knows already.
 */
export async function signInReadingsOf(
  time: VirtualTime,
  schemes: readonly string[],
  faults: readonly LineFault[],
): Promise<readonly string[]> {
  const began = time.monotonic();
  const readings = faults.map((fault) => {
    const reading: string[] = [];
    const tell = (what: string): void => void reading.push(`${time.monotonic() - began} ${what}`);
    void signsIn(schemes, new FaultyLine(time, fault), tell);
    return reading;
  });
  await time.pass(longestWait);
  return readings.map((reading) => reading.join("\n"));
}

async function signsIn(
  schemes: readonly string[],
  line: FaultyLine,
  tell: (what: string) => void,
): Promise<void> {
  const server = openServer(tell);
  const open = openConnectionOver({
    chance: stillChance,
    connect: async () => {
      const [near, far] = line.join();
      tell("connects");
      server.emit("connection", far);
      return { socket: near, certificate: null, certificateDer: null };
    },
  });
  const { signal } = new AbortController();
  try {
    const connection = await open(address, credential, {
      signal,
      ...(schemes.length === 0 ? {} : { schemes }),
    });
    tell(`signed in ${connection.security.scheme}`);
    const { status, envelope } = await connection.exchange("asked", { firstByteMs: 70_000, signal });
    tell(`${status} ${envelope} ${connection.usable ? "open" : "closed"}`);
  } catch (error) {
    tell(wordsOf(error));
  }
}

function openServer(tell: (what: string) => void): ReturnType<typeof createWinrmServer> {
  return createWinrmServer(
    {
      host: "127.0.0.1",
      port: 0,
      accounts: [{ domain: "AZS", user: "cloudadmin", revealPassword: () => password }],
      computerName: "AZS-ERCS01",
      domainName: "AZS",
      chance: stillChance,
      onRequest: async ({ path, account, envelope }) => {
        tell(`${path} ${account} ${envelope}`);
        return { kind: "envelope", status: 200, envelope: "answered" };
      },
    },
    { envelopes: 0, httpRequests: 0, connections: 0 },
  );
}
