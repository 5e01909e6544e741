import { consoleContract, ConsoleError } from "#contract";
import type { CertificateReading, ConsoleHandlers } from "#contract";
import { connect, memoryPair, serve } from "#rpc";
import { expect, test } from "vitest";
import { createCertificatesStore } from "./createCertificatesStore.ts";

const sha256 = Array.from({ length: 32 }, () => "A1").join(":");
const reading = (endpoint: string, state: CertificateReading["state"]): CertificateReading => ({
  endpoint,
  state,
  shown: {
    subject: "CN=x",
    issuer: "CN=x",
    sha256,
    validFrom: "2026-01-01T00:00:00.000Z",
    validTo: "2028-01-01T00:00:00.000Z",
    names: ["x"],
    problem: null,
  },
  trusted: null,
});

function storeOf(targets: Partial<ConsoleHandlers["targets"]>) {
  const [page, host] = memoryPair();
  serve(consoleContract, { targets } as ConsoleHandlers, host, { log: { write: () => undefined } });
  return createCertificatesStore(connect(consoleContract, page));
}

test("every endpoint is looked at, and one that does not answer says so beside the others", async () => {
  const store = storeOf({
    certificate: async ({ endpointName }) => {
      if (endpointName === "B") throw new ConsoleError("unreachable", "B did not answer.");
      return reading(endpointName, "firstUse");
    },
  });
  await store.getState().look("t", ["A", "B"]);
  expect(store.getState().looks["t"]).toMatchObject([
    { endpoint: "A", reading: { phase: "done", value: { state: "firstUse" } } },
    { endpoint: "B", reading: { phase: "failed", failure: { code: "unreachable" } } },
  ]);
});

test("exactly the certificate that was looked at is trusted, and shown as trusted only when it reads so", async () => {
  const trusted: unknown[] = [];
  const store = storeOf({
    certificate: async ({ endpointName }) =>
      reading(endpointName, trusted.length > 0 ? "trusted" : "changed"),
    trust: async (input) => {
      trusted.push(input);
      throw new ConsoleError("untrusted", "A shows another certificate by now.", { remedy: "trust" });
    },
  });
  await store.getState().look("t", ["A"]);
  await store.getState().trust("t", "A", sha256);
  expect(trusted).toEqual([{ targetId: "t", endpointName: "A", sha256 }]);
  expect(store.getState().looks["t"]).toMatchObject([
    { reading: { phase: "failed", failure: { code: "untrusted" } } },
  ]);
  await store.getState().look("t", ["A"]);
  expect(store.getState().looks["t"]).toMatchObject([
    { reading: { phase: "done", value: { state: "trusted" } } },
  ]);
});
