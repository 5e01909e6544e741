import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeClock } from "../adapters/node/clock.ts";
import { makeCertificate, type MadeCertificate } from "../drill/makeCertificate.ts";
import type { RunningStamp } from "../drill/runningStamp.ts";
import { startStamp } from "../drill/startStamp.ts";
import type { EndpointOptions } from "../drill/winrm/endpointOptions.ts";
import { startEndpoint } from "../drill/winrm/startEndpoint.ts";
import type { EndpointAddress } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { clockFact } from "./runspaceRungs.ts";

const password = "Practice-9-Https";
const never = new AbortController().signal;

const tlsStamp = (): Promise<RunningStamp> =>
  startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    tls: { demandChannelBinding: true },
  });

const addressOf = (stamp: RunningStamp, trust: Partial<EndpointAddress>): EndpointAddress => ({
  ...stamp.endpoints[0],
  transport: "https",
  configuration: stamp.configuration,
  ...trust,
});

const credentialOf = (stamp: RunningStamp) => ({ account: stamp.account, password: new Secret(password) });

describe("the practice stamp over HTTPS that demands channel binding", () => {
  test("serves commands to who trusts its certificate", async () => {
    await using stamp = await tlsStamp();
    const endpoints = createEndpoints({ clock: nodeClock });
    const address = addressOf(stamp, { trustedSha256: stamp.certificateSha256 ?? "" });
    const runspace = await endpoints.open(address, credentialOf(stamp), never);
    expect(await runspace.readAccess({ includeExpired: false }, never)).toEqual({
      grants: [],
      notUnderstood: [],
    });
    await endpoints.close();
  });

  test("shows its certificate to who asks, and gets no request", async () => {
    await using stamp = await tlsStamp();
    const shown = await createEndpoints({ clock: nodeClock }).certificate(addressOf(stamp, {}), never);
    expect(shown).toMatchObject({
      subject: "CN=PRACTICE stamp (simulated)",
      sha256: stamp.certificateSha256,
      names: ["localhost", "127.0.0.1"],
      problem: expect.stringContaining("signed by itself"),
    });
    expect(stamp.counts().httpRequests).toBe(0);
  });

  test.each([
    ["that nobody trusted", {}, /Nobody has trusted/],
    ["in the place of the trusted one", { trustedSha256: "AB:".repeat(31) + "AB" }, /^ALARM/],
  ])("gets no request with a certificate %s", async (_, trust, words) => {
    await using stamp = await tlsStamp();
    const endpoints = createEndpoints({ clock: nodeClock });
    const refused = { code: "untrusted", remedy: "trust", message: expect.stringMatching(words) };
    const [address, credential] = [addressOf(stamp, trust), credentialOf(stamp)];
    await expect(endpoints.open(address, credential, never)).rejects.toMatchObject(refused);
    await expect(endpoints.signIn(address, credential, never)).rejects.toMatchObject(refused);
    expect(stamp.counts().httpRequests).toBe(0);
  });
});

describe("lab sign-ins", () => {
  let folder: string;
  let server: MadeCertificate;
  let client: MadeCertificate;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "lab-"));
    const dates = { validFrom: new Date("2026-01-01"), validTo: new Date("2099-01-01") };
    server = await makeCertificate({ commonName: "PRACTICE", names: ["127.0.0.1"], ...dates });
    client = await makeCertificate({ commonName: "operator", names: [], ...dates });
    writeFileSync(join(folder, "certificate.pem"), client.certificate);
    writeFileSync(join(folder, "key.pem"), client.key);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const labOptions = (): EndpointOptions => ({
    name: "LAB01",
    host: "127.0.0.1",
    port: 0,
    accounts: [{ domain: "LAB01", user: "operator", revealPassword: () => password }],
    computerName: "LAB01",
    domainName: "LAB01",
    configuration: "PrivilegedEndpoint",
    commands: () => [],
    schemes: ["Negotiate", "Basic"],
    tls: {
      key: server.key,
      certificate: server.certificate,
      demandChannelBinding: false,
      clientCertificates: new Map([[client.sha256, "LAB01\\operator"]]),
    },
  });
  const labEndpoint = () => startEndpoint(labOptions());

  const labAddress = (port: number, signIn: NonNullable<EndpointAddress["signIn"]>): EndpointAddress => ({
    name: "LAB01",
    host: "127.0.0.1",
    port,
    transport: "https",
    configuration: "PrivilegedEndpoint",
    trustedSha256: server.sha256,
    signIn,
  });

  const own = (text: string) => ({ account: ".\\operator", password: new Secret(text) });
  const files = () => ({
    kind: "certificate" as const,
    certificateFile: join(folder, "certificate.pem"),
    keyFile: join(folder, "key.pem"),
  });

  test("Basic opens a runspace over HTTPS, and a wrong password is refused once", async () => {
    await using lab = await labEndpoint();
    const endpoints = createEndpoints({ clock: nodeClock });
    await endpoints.signIn(labAddress(lab.port, { kind: "basic" }), own(password), never);
    const before = lab.counts.httpRequests;
    const wrong = endpoints.signIn(labAddress(lab.port, { kind: "basic" }), own("Wrong-Secret-9"), never);
    await expect(wrong).rejects.toMatchObject({ code: "signInRefused", remedy: "signIn" });
    await expect(wrong).rejects.not.toThrow("Wrong-Secret-9");
    expect(lab.counts.httpRequests - before).toBe(1);
    await endpoints.close();
  });

  test("Basic tells no time, so the clock is that of the answers' dates, and is called assumed", async () => {
    await using lab = await startEndpoint({ ...labOptions(), aheadMs: () => 7_200_000 });
    const endpoints = createEndpoints({ clock: nodeClock });
    const address = labAddress(lab.port, { kind: "basic" });
    await using runspace = await endpoints.open(address, own(password), never);
    expect(Math.abs((runspace.clockAheadMs ?? 0) - 7_200_000)).toBeLessThan(5_000);
    expect(clockFact(runspace.clockAheadMs, "date").found).toContain("assumed");
    await endpoints.close();
  });

  test("a client certificate opens a runspace without a password", async () => {
    await using lab = await labEndpoint();
    const endpoints = createEndpoints({ clock: nodeClock });
    await endpoints.signIn(labAddress(lab.port, files()), own(""), never);
    expect(lab.shells().map(({ owner }) => owner)).toEqual(["LAB01\\operator"]);
    await endpoints.close();
  });

  test("a certificate that stands for nobody is refused", async () => {
    await using lab = await labEndpoint();
    writeFileSync(join(folder, "other.pem"), server.certificate);
    writeFileSync(join(folder, "other-key.pem"), server.key);
    const signIn = {
      ...files(),
      certificateFile: join(folder, "other.pem"),
      keyFile: join(folder, "other-key.pem"),
    };
    const attempt = createEndpoints({ clock: nodeClock }).signIn(
      labAddress(lab.port, signIn),
      own(""),
      never,
    );
    await expect(attempt).rejects.toMatchObject({ code: "signInRefused" });
  });

  test.each([
    ["a file that is not there", { keyFile: "none.pem" }, "none.pem cannot be read"],
    ["a key in the place of the certificate", { certificateFile: "key.pem" }, "holds no CERTIFICATE"],
    ["a key of another certificate", { keyFile: "foreign.pem" }, "belong together"],
  ])("%s is named, and nothing of the key is", async (_, change, words) => {
    await using lab = await labEndpoint();
    writeFileSync(join(folder, "foreign.pem"), server.key);
    const named = Object.fromEntries(
      Object.entries(change).map(([name, file]) => [name, join(folder, file)]),
    );
    const signIn = { ...files(), ...named };
    const attempt = createEndpoints({ clock: nodeClock }).signIn(
      labAddress(lab.port, signIn),
      own(""),
      never,
    );
    await expect(attempt).rejects.toMatchObject({
      code: "invalidInput",
      message: expect.stringContaining(words),
    });
    expect(lab.counts.httpRequests).toBe(0);
  });

  test.each([{ kind: "basic" } as const, "files" as const])("never travel over HTTP: %j", async (kind) => {
    await using lab = await labEndpoint();
    const signIn = kind === "files" ? files() : kind;
    const address: EndpointAddress = { ...labAddress(lab.port, signIn), transport: "http" };
    const attempt = createEndpoints({ clock: nodeClock }).signIn(address, own(password), never);
    await expect(attempt).rejects.toMatchObject({ code: "invalidInput" });
    expect(lab.counts).toEqual({ envelopes: 0, httpRequests: 0, connections: 0 });
  });
});
