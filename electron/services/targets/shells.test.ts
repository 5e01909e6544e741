import { expect, test } from "vitest";
import { ConsoleError, type OpenShell } from "#contract";
import { unreachable } from "../../testing/scriptedEndpoints.ts";
import { startedConsole } from "../../testing/startedConsole.ts";

const never = new AbortController().signal;

const aShell = (about: Partial<OpenShell> = {}): OpenShell => ({
  endpoint: "ERCS01",
  shellId: "A",
  configuration: "PrivilegedEndpoint",
  owner: "AZS\\cloudadmin",
  clientIp: "10.0.0.9",
  ageSeconds: 900,
  idleSeconds: 600,
  state: "Disconnected",
  origin: "otherClient",
  ...about,
});

/** One shell of each origin at the first endpoint, and another client's at the second. */
async function withShells() {
  const on = await startedConsole();
  on.stamp.openShells = [
    aShell({ shellId: "ours", origin: "thisConsole" }),
    aShell({ shellId: "left", origin: "leftByConsole" }),
    aShell({ shellId: "theirs" }),
    aShell({ shellId: "elsewhere", endpoint: "ERCS02" }),
  ];
  const end = (shellIds: readonly string[], othersToo = false, endpointName = "ERCS01") =>
    on.handlers.targets.endShells({ targetId: on.target.id, endpointName, shellIds, othersToo }, never);
  const list = () => on.handlers.targets.shells({ targetId: on.target.id }, never);
  const there = (): readonly string[] => on.stamp.openShells.map(({ shellId }) => shellId);
  return { ...on, end, list, there };
}

const refusal = new ConsoleError("signInRefused", "ERCS02 did not take it.", { remedy: "signIn" });

test("the shells of all endpoints are listed, and one that does not answer is told beside them", async () => {
  const { list, stamp } = await withShells();
  stamp.fault = (endpoint) => (endpoint === "ERCS02" ? unreachable(endpoint) : null);
  const { shells, failures } = await list();
  expect(shells.map(({ shellId }) => shellId)).toEqual(["ours", "left", "theirs"]);
  expect(failures).toMatchObject([{ endpoint: "ERCS02", failure: { code: "unreachable" } }]);
});

test("a list is had where no runspace can be opened", async () => {
  const { list, stamp } = await withShells();
  stamp.fault = (endpoint, step) =>
    step === "open" ? new ConsoleError("quota", `${endpoint} has too many open conversations.`) : null;
  expect((await list()).shells).toHaveLength(4);
});

test.each(["shells", "endShell"] as const)(
  "a password that is refused at %s is tried nowhere again, and is forgotten",
  async (refusedAt) => {
    const { list, end, stamp, handlers, target } = await withShells();
    stamp.fault = (_endpoint, step) => (step === refusedAt ? refusal : null);
    stamp.arrived.length = 0;
    const asked = refusedAt === "shells" ? list() : end(["left", "ours"]);
    await expect(asked).rejects.toMatchObject({ code: "signInRefused" });
    expect(stamp.arrived.filter((line) => line.endsWith(` ${refusedAt}`))).toEqual([`ERCS01 ${refusedAt}`]);
    await expect(handlers.grants.list({ targetId: target.id }, never)).rejects.toMatchObject({
      code: "signInNeeded",
    });
  },
);

test("nobody who is not signed in is shown a shell", async () => {
  const { list, handlers, stamp, target } = await withShells();
  await handlers.targets.signOut({ targetId: target.id }, never);
  stamp.arrived.length = 0;
  await expect(list()).rejects.toMatchObject({ code: "signInNeeded" });
  expect(stamp.arrived).toEqual([]);
});

test("what a console began or left is ended on the plain word", async () => {
  const { end, there } = await withShells();
  expect(await end(["ours", "left", "left"])).toEqual({ ended: ["ours", "left"], failures: [] });
  expect(there()).toEqual(["theirs", "elsewhere"]);
});

test("another client's shell is ended on the explicit word only, and without it nothing is", async () => {
  const { end, there } = await withShells();
  const refused = end(["left", "theirs"]);
  await expect(refused).rejects.toMatchObject({ code: "invalidInput" });
  await expect(refused).rejects.toThrow(/theirs at ERCS01 was begun by another client.*Nothing was ended/);
  expect(there()).toHaveLength(4);
  expect(await end(["left", "theirs"], true)).toEqual({ ended: ["left", "theirs"], failures: [] });
  expect(there()).toEqual(["ours", "elsewhere"]);
});

test("a shell is looked for at its own endpoint, and one that is not there is told", async () => {
  const { end, there } = await withShells();
  const { ended, failures } = await end(["elsewhere", "left"], true);
  expect(ended).toEqual(["left"]);
  expect(failures).toMatchObject([{ shellId: "elsewhere", failure: { code: "notFound" } }]);
  expect(there()).toContain("elsewhere");
});

test("one that cannot be ended does not keep the others", async () => {
  const { end, stamp, there } = await withShells();
  let times = 0;
  stamp.fault = (endpoint, step) => (step === "endShell" && times++ === 0 ? unreachable(endpoint) : null);
  expect(await end(["ours", "left"])).toMatchObject({
    ended: ["left"],
    failures: [{ shellId: "ours", failure: { code: "unreachable" } }],
  });
  expect(there()).toContain("ours");
});

test("an endpoint that the target does not have is named beside those it has", async () => {
  const { end } = await withShells();
  await expect(end(["left"], false, "ERCS09")).rejects.toThrow(/no endpoint ERCS09.*ERCS01, ERCS02, ERCS03/);
});
