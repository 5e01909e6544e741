import { describe, expect, test } from "vitest";
import { type CertificateReading, ConsoleError, type Target } from "#contract";
import { aCertificate, aGrantRequest, aNewTarget } from "../../testing/builders.ts";
import { startedConsole, type StartedConsole } from "../../testing/startedConsole.ts";
import { addressOf } from "./reach.ts";

const never = new AbortController().signal;
const other = Array.from({ length: 32 }, () => "B2").join(":");

/** A console with a second target that is reached over HTTPS, and whose endpoints all show one certificate. */
async function overHttps(): Promise<StartedConsole & { readonly secure: Target }> {
  const started = await startedConsole();
  const secure = await started.handlers.targets.add(
    aNewTarget({ name: "Secure", transport: "https" }),
    never,
  );
  return { ...started, secure };
}

const look = ({ handlers, secure }: Awaited<ReturnType<typeof overHttps>>, endpointName = "ERCS01") =>
  handlers.targets.certificate({ targetId: secure.id, endpointName }, never);

const trust = (
  { handlers, secure }: Awaited<ReturnType<typeof overHttps>>,
  sha256: string,
  endpointName = "ERCS01",
) => handlers.targets.trust({ targetId: secure.id, endpointName, sha256 }, never);

describe("the certificate of an endpoint", () => {
  test("is shown, trusted by a person, remembered, and an alarm once it changes", async () => {
    const started = await overHttps();
    const { stamp, settings, secure, clock } = started;
    expect(await look(started)).toEqual({
      endpoint: "ERCS01",
      state: "firstUse",
      shown: stamp.shown,
      trusted: null,
    } satisfies CertificateReading);
    const trustedAt = clock.now().toISOString();
    await trust(started, stamp.shown.sha256);
    const kept = settings.read().targets.find(({ id }) => id === secure.id)?.certificates;
    expect(kept).toEqual([
      {
        host: "10.0.0.1",
        port: 5985,
        sha256: stamp.shown.sha256,
        subject: "CN=azs-ercs01",
        issuer: "CN=Contoso Issuing CA",
        validTo: "2028-01-01T00:00:00.000Z",
        trustedAt,
      },
    ]);
    expect(await look(started)).toMatchObject({ state: "trusted" });
    stamp.shown = aCertificate({ sha256: other });
    expect(await look(started)).toMatchObject({
      state: "changed",
      shown: { sha256: other },
      trusted: { sha256: kept?.[0]?.sha256 },
    });
  });

  test("takes the place of the one that was trusted at the same address, and of no other", async () => {
    const started = await overHttps();
    const { stamp } = started;
    await trust(started, stamp.shown.sha256, "ERCS01");
    await trust(started, stamp.shown.sha256, "ercs02");
    stamp.shown = aCertificate({ sha256: other });
    const { certificates } = await trust(started, other.replaceAll(":", "").toLowerCase());
    expect(certificates.map(({ host, sha256 }) => [host, sha256])).toEqual([
      ["10.0.0.2", aCertificate().sha256],
      ["10.0.0.1", other],
    ]);
  });

  test("is not trusted when the endpoint shows another one than the person looked at", async () => {
    const started = await overHttps();
    await expect(trust(started, other)).rejects.toMatchObject({ code: "untrusted", remedy: "trust" });
    expect(started.settings.read().targets.flatMap(({ certificates }) => certificates)).toEqual([]);
  });

  test("goes with the address to the wire, and only to that endpoint", async () => {
    const started = await overHttps();
    const target = await trust(started, started.stamp.shown.sha256);
    const [first, second] = target.endpoints;
    if (first === undefined || second === undefined) throw new Error("the target has three endpoints");
    expect(addressOf(target, first)).toMatchObject({ trustedSha256: started.stamp.shown.sha256 });
    expect(addressOf(target, second)).not.toHaveProperty("trustedSha256");
  });

  test("does not exist over HTTP, nor at an endpoint that is not there", async () => {
    const started = await overHttps();
    const plain = started.handlers.targets.certificate(
      { targetId: started.target.id, endpointName: "ERCS01" },
      never,
    );
    await expect(plain).rejects.toMatchObject({ code: "invalidInput" });
    await expect(look(started, "ERCS09")).rejects.toMatchObject({
      code: "notFound",
      message: expect.stringContaining("ERCS01, ERCS02, ERCS03"),
    });
  });
});

describe("an alarm", () => {
  const alarm = async () => {
    const started = await overHttps();
    const { stamp, handlers, secure } = started;
    const credential = { account: secure.account, password: stamp.password };
    await handlers.targets.signIn({ targetId: secure.id, ...credential }, never);
    stamp.fault = (endpoint) =>
      endpoint === "ERCS01" ? new ConsoleError("untrusted", "ALARM: ERCS01", { remedy: "trust" }) : null;
    stamp.arrived.length = 0;
    return started;
  };

  test("is heard by who reads or grants: no other endpoint is asked in silence", async () => {
    const { handlers, secure, stamp } = await alarm();
    await expect(handlers.grants.list({ targetId: secure.id }, never)).rejects.toMatchObject({
      code: "untrusted",
      remedy: "trust",
    });
    const request = aGrantRequest({ targetId: secure.id });
    const opened = (async () => {
      for await (const _progress of handlers.grants.open(request, never)) continue;
    })();
    await expect(opened).rejects.toMatchObject({ code: "untrusted" });
    expect(new Set(stamp.arrived.map((line) => line.split(" ")[0]))).toEqual(new Set(["ERCS01"]));
  });

  test("keeps nobody from revoking through the endpoints that are in order", async () => {
    const { handlers, secure, clock } = await alarm();
    let outcome: unknown = null;
    const request = { targetId: secure.id, operator: "Ana", reason: "" };
    const revoked = (async () => {
      for await (const progress of handlers.grants.revoke(request, never)) outcome = progress.outcome;
    })();
    await clock.advance(120_000);
    await revoked;
    expect(outcome).toMatchObject({ receipt: { endpoint: "ERCS02", act: "revoke" } });
  });
});

test("a password is never empty, but for a client certificate whose key has none", async () => {
  const started = await startedConsole();
  const { handlers, stamp, target } = started;
  const empty = { account: "AZS\\cloudadmin", password: "" };
  await expect(handlers.targets.signIn({ targetId: target.id, ...empty }, never)).rejects.toMatchObject({
    code: "invalidInput",
  });
  const signIn = { kind: "certificate", certificateFile: "c.pem", keyFile: "k.pem" } as const;
  const lab = await handlers.targets.add(aNewTarget({ name: "Lab", transport: "https", signIn }), never);
  stamp.password = "";
  expect(await handlers.targets.signIn({ targetId: lab.id, ...empty }, never)).toMatchObject({ signIn });
});
