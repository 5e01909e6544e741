import type { EndShellsRequest, OpenShell } from "#contract";
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anOverview } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { ShellsDialog } from "./ShellsDialog.tsx";

// jsdom draws no modal dialogs.
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
});
afterEach(cleanup);

const shell = (shellId: string, about: Partial<OpenShell>): OpenShell => ({
  endpoint: "ERCS01",
  shellId,
  configuration: "PrivilegedEndpoint",
  owner: "AZS\\cloudadmin",
  clientIp: "10.0.0.9",
  ageSeconds: 7_200,
  idleSeconds: 90,
  state: "Connected",
  origin: "otherClient",
  ...about,
});
const silent = {
  endpoint: "ERCS03",
  failure: { code: "unreachable", sentence: "It did not answer.", remedy: "retry" } as const,
};

async function opened(shells: readonly OpenShell[]): Promise<readonly EndShellsRequest[]> {
  const requests: EndShellsRequest[] = [];
  const stores = await drawn(<ShellsDialog targetId="target-1" />, {
    targets: {
      shells: async () => ({ shells, failures: [silent], readAt: "2026-11-24T03:00:00.000Z" }),
      endShells: async (request) => {
        requests.push(request);
        return { ended: [...request.shellIds], failures: [] };
      },
    },
  });
  stores.targets.setState({ overviews: [anOverview({}, {})] });
  return requests;
}

const press = async (name: string | RegExp): Promise<void> =>
  void fireEvent.click(await screen.findByRole("button", { name }));

test("what holds the shells is told endpoint by endpoint, and one that was not read is never called free", async () => {
  await opened([shell("aaaaaaaa-1", { origin: "thisConsole", idleSeconds: null })]);
  const table = await screen.findByRole("table", { name: "Shells at ERCS01" });
  expect(table.textContent).toMatch(/This console2 hnot toldAZS\\cloudadmin10\.0\.0\.9/);
  expect(screen.getByRole("region", { name: "ERCS02" }).textContent).toContain("Nothing holds a shell here.");
  expect(screen.getByRole("region", { name: "ERCS03" }).textContent).toBe(
    "ERCS03Not read: ERCS03It did not answer.",
  );
  expect(screen.queryByRole("button", { name: /^End / })).toBeNull();
});

test("those left by consoles are ended at once, at each endpoint, and nobody else's with them", async () => {
  const requests = await opened([
    shell("left-1", { origin: "leftByConsole" }),
    shell("left-2", { origin: "leftByConsole", endpoint: "ERCS02" }),
    shell("other", {}),
  ]);
  await press("End 2 shells left by consoles");
  await screen.findByText("2 shells ended");
  expect(requests).toEqual([
    { targetId: "target-1", endpointName: "ERCS01", shellIds: ["left-1"], othersToo: false },
    { targetId: "target-1", endpointName: "ERCS02", shellIds: ["left-2"], othersToo: false },
  ]);
});

test("another client's shell is ended only after a second, explicit word", async () => {
  const requests = await opened([shell("other", {})]);
  await press("End shell other at ERCS01");
  expect(screen.getByRole("alert").textContent).toContain("From 10.0.0.9, used last 1 min 30 s ago.");
  await press("End the shell of the other client at ERCS01");
  expect(requests).toEqual([]);
  fireEvent.click(screen.getByRole("checkbox", { name: /broken off/ }));
  await press("End the shell of the other client at ERCS01");
  await screen.findByText("1 shell ended");
  expect(requests).toEqual([
    { targetId: "target-1", endpointName: "ERCS01", shellIds: ["other"], othersToo: true },
  ]);
});

test("keeping another client's shell sends nothing", async () => {
  const requests = await opened([shell("other", {})]);
  await press("End shell other at ERCS01");
  await press("Keep it");
  expect(screen.queryByRole("checkbox")).toBeNull();
  expect(requests).toEqual([]);
});
