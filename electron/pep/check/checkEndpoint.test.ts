import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Rung } from "#contract";
import type { EndpointAddress } from "../../services/ports.ts";
import { Secret } from "../../services/secret.ts";
import { Opened, practiceTls } from "../../testing/winrmEnds.ts";
import { checkEndpoint, type CheckEndpointOptions } from "./checkEndpoint.ts";
import { passed } from "./rungTest.ts";

const credential = { account: "PRACTICE\\operator", password: new Secret("Correct horse") };

describe("the connection check", () => {
  test("climbs from the name to the sign-in and on, and yields every change", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const further = [{ step: "configuration" as const, test: async () => passed("It is there.") }];
    const ladders = await climb(at(listener.port), credential, { furtherRungs: further });
    expect(ladders.at(0)?.map((rung) => rung.state)).toEqual(Array.from({ length: 5 }, () => "waiting"));
    expect(ladders.at(-1)?.map((rung) => [rung.step, rung.state, rung.milliseconds])).toEqual([
      ["name", "passed", 1],
      ["tcp", "passed", 1],
      ["winrm", "passed", 1],
      ["signIn", "passed", 1],
      ["configuration", "passed", 1],
    ]);
    expect(ladders.at(-1)?.[2]?.found).toBe(
      "WinRM answers and offers Negotiate; Negotiate will be used, with NTLM inside.",
    );
    expect(ladders).toHaveLength(11);
  });

  test("goes on after a failure that blocks nothing, and keeps what was printed", async () => {
    await using ends = new Opened();
    const { port } = await ends.listen();
    const odd = {
      state: "failed",
      found: "Odd.",
      fix: null,
      printed: "State : Active",
      blocks: false,
    } as const;
    const further = [
      { step: "answers" as const, test: async () => odd },
      { step: "version" as const, test: async () => passed("It is new.") },
    ];
    const ladder = (await climb(at(port), credential, { furtherRungs: further })).at(-1) ?? [];
    expect(ladder.slice(-2)).toMatchObject([
      { step: "answers", state: "failed", printed: "State : Active" },
      { step: "version", state: "passed", printed: null },
    ]);
  });

  test("advises nobody to sign in where the endpoint is not even reached", async () => {
    await using ends = new Opened();
    const { port } = await ends.listen();
    await ends[Symbol.asyncDispose]();
    const further = [{ step: "configuration" as const, test: async () => passed("It is there.") }];
    for (const who of [credential, null]) {
      const ladder = (await climb(at(port), who, { furtherRungs: further })).at(-1) ?? [];
      expect(ladder.slice(2).map(({ state, found, fix }) => [state, found, fix])).toEqual(
        Array.from({ length: 3 }, () => ["notTested", "Not tested: a step before it failed.", null]),
      );
    }
  });

  test("says at an endpoint with Kerberos what is used in its place", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ schemes: ["Negotiate", "Kerberos"] });
    const ladder = (await climb(at(listener.port), null, {})).at(-1) ?? [];
    expect(ladder.find(({ step }) => step === "winrm")?.found).toBe(
      "WinRM answers and offers Negotiate, Kerberos; Negotiate will be used, with NTLM inside: this console has no Kerberos.",
    );
  });

  test("over HTTPS proves the sign-in with a request and warns of an issuer that is not known", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ tls: practiceTls(true) });
    const trustedSha256 = new X509Certificate(practiceTls(true).certificate).fingerprint256;
    const address = { ...at(listener.port), transport: "https" as const, trustedSha256 };
    const ladder = (await climb(address, credential, {})).at(-1);
    expect(ladder?.map(({ step, state }) => [step, state])).toEqual([
      ["name", "passed"],
      ["tcp", "passed"],
      ["certificate", "warned"],
      ["winrm", "passed"],
      ["signIn", "passed"],
    ]);
    expect(ladder?.[2]?.found).toContain(trustedSha256);
    expect(listener.counts.envelopes).toBe(1);
  });

  test.each([
    ["nobody has trusted", {}, /^Nobody has trusted its certificate yet/],
    [
      "is not the trusted one",
      { trustedSha256: "AA:".repeat(31) + "AA" },
      /^ALARM: it shows another certificate/,
    ],
  ])("stops at a certificate that %s, before anything was sent", async (_, trust, words) => {
    await using ends = new Opened();
    const listener = await ends.listen({ tls: practiceTls(true) });
    const address = { ...at(listener.port), transport: "https" as const, ...trust };
    const ladder = (await climb(address, credential, {})).at(-1) ?? [];
    const states = ladder.map((rung) => rung.state);
    expect(states).toEqual(["passed", "passed", "failed", "notTested", "notTested"]);
    expect(ladder[2]?.found).toMatch(words);
    expect(ladder[2]?.fix).toContain("administrators");
    expect(listener.counts.httpRequests).toBe(0);
  });

  test("stops at a wrong password and says what to do, without the password", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const wrong = { ...credential, password: new Secret("Wrong-Secret-9") };
    const further = [{ step: "culture" as const, test: async () => passed("never reached") }];
    const refused: string[] = [];
    const options = { furtherRungs: further, onSignInRefused: (sentence: string) => refused.push(sentence) };
    const ladder = (await climb(at(listener.port), wrong, options)).at(-1) ?? [];
    expect(ladder.map((rung) => rung.state)).toEqual(["passed", "passed", "passed", "failed", "notTested"]);
    expect(refused).toEqual([expect.stringContaining("refused the sign-in")]);
    expect(ladder[3]?.fix).toContain("lock the account");
    expect(JSON.stringify(ladder)).not.toContain("Wrong-Secret-9");
  });

  test("without a credential tests what it can", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const ladder = (await climb(at(listener.port), null, {})).at(-1);
    expect(ladder?.map((rung) => rung.state)).toEqual(["passed", "passed", "passed", "notTested"]);
  });

  test("names a closed port", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    await listener.close();
    const refused: string[] = [];
    const options = { onSignInRefused: (sentence: string) => refused.push(sentence) };
    const ladder = (await climb(at(listener.port), credential, options)).at(-1) ?? [];
    expect(ladder.map((rung) => rung.state)).toEqual(["passed", "failed", "notTested", "notTested"]);
    expect(refused).toEqual([]);
    expect(ladder[1]).toMatchObject({
      found: expect.stringContaining(`127.0.0.1:${listener.port} refused`),
      fix: expect.stringContaining("WinRM is running"),
    });
  });

  test("that is stopped throws the reason of its signal", async () => {
    const signal = AbortSignal.abort(new Error("stopped by the operator"));
    await expect(climb(at(5985), credential, { signal })).rejects.toThrow("stopped by the operator");
  });
});

function at(port: number): EndpointAddress {
  return { name: "ERCS01", host: "127.0.0.1", port, transport: "http", configuration: "PrivilegedEndpoint" };
}

/** All ladders of a check, by a clock that goes on by one millisecond with each reading. */
async function climb(
  address: EndpointAddress,
  who: typeof credential | null,
  options: Partial<CheckEndpointOptions>,
): Promise<readonly (readonly Rung[])[]> {
  let now = 0;
  const signal = new AbortController().signal;
  const ladders: (readonly Rung[])[] = [];
  for await (const ladder of checkEndpoint(address, who, { signal, monotonic: () => now++, ...options }))
    ladders.push(ladder);
  return ladders;
}
