import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openConnection } from "../transport/openConnection.ts";
import { TransportError } from "../transport/winrmConnection.ts";
import type { StampOptions } from "./runningStamp.ts";
import { runStamp } from "./stampMain.ts";
import { startStamp } from "./startStamp.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "practice-stamp-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const aStamp = (change: Partial<StampOptions> = {}): StampOptions => ({
  ports: [0, 0, 0],
  account: "AZS\\cloudadmin",
  revealPassword: () => "Practice-1",
  stateFolder: null,
  seed: 7,
  ...change,
});

const request = { level: "Diagnostics", minutes: 60, account: "AZS\\cloudadmin", instance: 0 } as const;

/** The status of an unauthenticated request, or the error code where nobody listens. */
async function knock(port: number): Promise<number | string> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/wsman`, { method: "POST", body: "" })).status;
  } catch {
    return "nobody";
  }
}

/** What comes of a sign-in over the wire. */
async function signsIn(port: number, account: string, password: string): Promise<string> {
  const address = { host: "127.0.0.1", port, transport: "http" } as const;
  const { signal } = new AbortController();
  const credential = { account, revealPassword: () => password };
  try {
    (await openConnection(address, credential, { signal, trust: () => true })).close();
    return "in";
  } catch (error) {
    return error instanceof TransportError ? error.code : String(error);
  }
}

async function takenPort(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}

describe("a started stamp", () => {
  test("listens at three endpoints of their own that ask for a sign-in, until it is stopped", async () => {
    const stamp = await startStamp(aStamp());
    const ports = stamp.endpoints.map((endpoint) => endpoint.port);
    expect(stamp.endpoints.map((endpoint) => endpoint.name)).toEqual([
      "AZS-ERCS01",
      "AZS-ERCS02",
      "AZS-ERCS03",
    ]);
    expect(new Set(ports).size).toBe(3);
    expect(await Promise.all(ports.map(knock))).toEqual([401, 401, 401]);
    expect(stamp.counts(1).httpRequests).toBe(1);
    expect(stamp.counts().httpRequests).toBe(3);
    await stamp.stop();
    await stamp.stop();
    expect(await Promise.all(ports.map(knock))).toEqual(["nobody", "nobody", "nobody"]);
  });

  test("has endpoints that go down and come up one by one", async () => {
    await using stamp = await startStamp(aStamp());
    const port = stamp.endpoints[1].port;
    await stamp.takeDown(1);
    expect([await knock(port), await knock(stamp.endpoints[0].port)]).toEqual(["nobody", 401]);
    await stamp.bringUp(1);
    expect(await knock(port)).toBe(401);
  });

  test("leaves nothing running when a port is taken", async () => {
    const { server, port } = await takenPort();
    await expect(startStamp(aStamp({ ports: [0, port, 0] }))).rejects.toThrow(/EADDRINUSE|in use/);
    server.close();
    await using stamp = await startStamp(aStamp({ ports: [0, port, 0] }));
    expect(stamp.endpoints[1].port).toBe(port);
  });

  test("stops when its signal is aborted", async () => {
    const stopping = new AbortController();
    const stamp = await startStamp(aStamp({ signal: stopping.signal }));
    stopping.abort();
    await stamp.stop();
    expect(await knock(stamp.endpoints[0].port)).toBe("nobody");
    await expect(startStamp(aStamp({ signal: stopping.signal }))).rejects.toThrow("aborted");
  });

  test("remembers a grant across a restart, and two on one folder see the same door", async () => {
    const still = { stateFolder: folder, now: () => new Date(Date.UTC(2026, 10, 22)) };
    await using first = await startStamp(aStamp(still));
    first.model.enable(request);
    const state = first.model.state();
    await using second = await startStamp(aStamp({ ...still, seed: 8 }));
    expect(second.model.state()).toEqual(state);
    second.model.disable(0);
    expect(first.model.state().grants.at(-1)?.ended).not.toBeNull();
  });

  test("sets a damaged state aside, names it and begins anew", async () => {
    writeFileSync(join(folder, "practice-stamp.json"), "no state");
    const told: string[] = [];
    const onDamagedState: StampOptions["onDamagedState"] = ({ setAsideAs }) => void told.push(setAsideAs);
    await using stamp = await startStamp(aStamp({ stateFolder: folder, onDamagedState }));
    expect(told.map((path) => readFileSync(path, "utf8"))).toEqual(["no state"]);
    expect(stamp.model.state().sessions.length).toBeGreaterThan(20);
  });

  test("changes its switches while it runs", async () => {
    await using stamp = await startStamp(aStamp({ switches: { terms: "empty" } }));
    stamp.changeSwitches({ enableOverGrant: "refuse" });
    expect(stamp.switches()).toMatchObject({ terms: "empty", enableOverGrant: "refuse" });
    expect(stamp.model.enable(request).kind).toBe("enabled");
    expect(stamp.model.enable(request).kind).toBe("refused");
  });
});

describe("the stamp as a program", () => {
  const line = (...more: readonly string[]): readonly string[] => {
    writeFileSync(join(folder, "password"), "Practice-1\n");
    return [
      "--port",
      "0",
      "--password-file",
      join(folder, "password"),
      "--state",
      join(folder, "state"),
      ...more,
    ];
  };

  /** Runs it until the first line is out, then stops it the way `end` does. */
  async function ran(
    argv: readonly string[],
    end: (stop: AbortController, stdin: PassThrough, ready: string) => unknown,
  ) {
    const stop = new AbortController();
    const stdin = new PassThrough();
    const out: string[] = [];
    const said: string[] = [];
    const status = await runStamp(argv, {
      out: (text) => {
        out.push(text);
        if (out.length === 1) queueMicrotask(() => end(stop, stdin, text));
      },
      say: (text) => void said.push(text),
      signal: stop.signal,
      stdin,
    });
    return { status, out, said };
  }

  test("prints one JSON line when it is ready, and ends well when it is stopped", async () => {
    const { status, out, said } = await ran(line("--json", "--seed", "7"), (stop) => stop.abort());
    expect([status, out.length, said]).toEqual([0, 1, []]);
    expect(JSON.parse(out[0] ?? "")).toEqual({
      endpoints: ["AZS-ERCS01", "AZS-ERCS02", "AZS-ERCS03"].map((name) => ({
        name,
        host: "127.0.0.1",
        port: expect.any(Number),
      })),
      account: "AZS\\cloudadmin",
      accounts: ["AZS\\cloudadmin"],
      configuration: "PrivilegedEndpoint",
      transport: "http",
      certificateSha256: null,
      pid: process.pid,
    });
    expect(out[0]).not.toContain("Practice-1");
  });

  test("tells the certificate it made when it speaks TLS, in JSON and in plain lines", async () => {
    const json = await ran(line("--json", "--tls"), (stop) => stop.abort());
    expect(JSON.parse(json.out[0] ?? "")).toMatchObject({
      transport: "https",
      certificateSha256: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
    const plain = await ran(line("--tls", "--demand-channel-binding"), (stop) => stop.abort());
    expect(plain.out.join("\n")).toMatch(/https:\/\/127.*certificate SHA-256 [0-9A-F:]{95}/s);
  });

  test("lets several accounts in, each with its own password, to one state", async () => {
    writeFileSync(join(folder, "other"), "Practice-2\n");
    const accounts = [
      "--account",
      "AZS\\ann",
      "--account",
      "AZS\\ben",
      "--password-file",
      join(folder, "other"),
    ];
    const came: string[] = [];
    const { out, status } = await ran(line("--json", ...accounts), async (stop, _, ready) => {
      const { endpoints } = JSON.parse(ready) as { readonly endpoints: readonly { readonly port: number }[] };
      const port = endpoints[0]?.port ?? 0;
      for (const [account, password] of [
        ["AZS\\ann", "Practice-1"],
        ["AZS\\ben", "Practice-2"],
        ["AZS\\ann", "Practice-2"],
        ["AZS\\cloudadmin", "Practice-1"],
      ] as const)
        came.push(await signsIn(port, account, password));
      stop.abort();
    });
    expect([status, came]).toEqual([0, ["in", "in", "signInRefused", "signInRefused"]]);
    expect(JSON.parse(out[0] ?? "")).toMatchObject({
      account: "AZS\\ann",
      accounts: ["AZS\\ann", "AZS\\ben"],
    });
  });

  test("says in plain lines that it is practice", async () => {
    const { out } = await ran(line(), (stop) => stop.abort());
    expect(out[0]).toContain("PRACTICE");
    expect(out).toHaveLength(6);
  });

  test("ends with its standard input when asked to", async () => {
    const { status } = await ran(line("--json", "--until-stdin-ends"), (_, stdin) => void stdin.end());
    expect(status).toBe(0);
  });

  test("answers a line it cannot read with the usage and status 2", async () => {
    for (const argv of [[], ["--password-file", join(folder, "none")], line("--speed", "fast")]) {
      const { status, out, said } = await ran(argv, (stop) => stop.abort());
      expect([status, out]).toEqual([2, []]);
      expect(said.join("\n")).toContain("usage: stamp");
    }
  });

  test("says why it could not start, with status 1", async () => {
    const { server, port } = await takenPort();
    const argv = [...line(), "--port", String(Math.min(port, 65_533))];
    const { status, said } = await ran(argv, (stop) => stop.abort());
    server.close();
    expect(status).toBe(1);
    expect(said).toHaveLength(1);
  });
});
