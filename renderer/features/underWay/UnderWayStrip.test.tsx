import type { RevokeProgress, UnderWay } from "#contract";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anEndpointReading, anOverview, aReceipt } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { UnderWayStrip } from "./UnderWayStrip.tsx";

const startedAt = new Date().toISOString();
const receipt = aReceipt({ act: "revoke", startedAt, finishedAt: startedAt, outcome: "notConfirmed" });
const running: RevokeProgress = {
  startedAt,
  facts: [{ at: startedAt, kind: "failed", endpoint: "ERCS02", text: "ERCS02 did not answer." }],
  doing: null,
  taken: false,
  readings: [],
  outcome: null,
};
const notConfirmed: RevokeProgress = {
  ...running,
  taken: true,
  outcome: {
    kind: "notConfirmed",
    because: { code: "notConfirmed", sentence: "ERCS02 was not read.", remedy: "retry" },
    receipt,
    addressesToBlock: ["*.example.net"],
  },
};
const told = (progress: RevokeProgress, targetId = "target-1"): UnderWay => ({
  targetId,
  opening: null,
  revoke: { operator: "ana", progress },
});
const text = (): string => document.body.textContent;
let dialog: () => unknown;

/** The strip, with a target of the name Contoso, and what the console tells. */
async function strip(signedIn = true) {
  const overviews = [
    { ...anOverview({ name: "Contoso" }, {}), signedIn, toldAt: startedAt },
    anOverview({ id: "other", name: "Fabrikam" }, {}),
  ];
  const stores = await drawn(<UnderWayStrip />, {
    targets: {
      watch: async function* () {
        yield overviews;
      },
    },
  });
  await act(() => stores.targets.getState().watch(new AbortController().signal));
  dialog = () => stores.dialogs.getState().regular;
  return (...underWay: readonly UnderWay[]) => act(() => stores.revoke.getState().seen(underWay));
}

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

test("a revoke that no endpoint has taken says so in its one line, with what happened last", async () => {
  const tell = await strip();
  tell(told(running));
  expect(text()).toContain("Closing the door of Contoso");
  expect(text()).toContain("Nothing was revoked yet. ERCS02 did not answer.");
});

test("what an endpoint printed that nobody understood stands in the readings, in the words that came", async () => {
  const printed = "<b>State</b> : Aktiv\u202e";
  const tell = await strip();
  tell(told({ ...running, taken: true, readings: [anEndpointReading({ notUnderstood: [printed] })] }));
  fireEvent.click(screen.getByRole("button", { name: "Show the revoke of Contoso" }));
  expect(text()).toContain("Not understood, so it proves nothing: <b>State</b> : Aktiv[U+202E]");
});

test("a revoke that is not confirmed shows itself whole, says that it goes on, and turns to its proof by itself", async () => {
  const tell = await strip();
  tell(told(notConfirmed));
  expect(text()).toContain("Contoso: Not confirmed. Treat the door as open.");
  expect(text()).toContain("still asked again every 30 seconds");
  expect(text()).toContain("*.example.net");
  expect(screen.getByRole("button", { name: "Revoke again: access to Contoso" })).toBeDefined();
  const closed = { ...receipt, outcome: "closed" } as const;
  tell(told({ ...notConfirmed, outcome: { kind: "closed", milliseconds: 64_000, receipt: closed } }));
  expect(text()).toContain("Contoso: Confirmed closed in 64.0 s");
  expect(text()).not.toContain("Treat the door as open");
});

test("where an endpoint has no such command it is read again, and not said to be asked again", async () => {
  const tell = await strip();
  const because = {
    code: "commandMissing",
    sentence: "ERCS01 has no such command.",
    remedy: "none",
  } as const;
  tell(told({ ...notConfirmed, outcome: { kind: "notConfirmed", because, receipt, addressesToBlock: [] } }));
  expect(text()).not.toContain("asked again every 30 seconds");
  expect(text()).toContain("It is read again by itself");
});

test("where all shells are taken the operator can look at what holds them", async () => {
  const failure = { code: "quota", sentence: "ERCS01 has no shell left.", remedy: "retry" } as const;
  const tell = await strip();
  tell(told({ ...notConfirmed, readings: [anEndpointReading({ readAt: null, failure })] }));
  fireEvent.click(screen.getByRole("button", { name: "See what holds them" }));
  expect(dialog()).toEqual({ kind: "shells", targetId: "target-1" });
});

test("where nobody is signed in it is not said to be asked again", async () => {
  const tell = await strip(false);
  tell(told(notConfirmed));
  expect(text()).toContain("Nobody is signed in to this target, so it is not asked again");
  expect(text()).not.toContain("every 30 seconds");
});

test("of several targets the worst is in sight, the rest are counted and one key away", async () => {
  const tell = await strip();
  tell(told(running), told(notConfirmed, "other"));
  expect(text()).toContain("Fabrikam: Not confirmed");
  expect(text()).not.toContain("Contoso");
  fireEvent.click(screen.getByRole("button", { name: "1 more: 1 going on" }));
  expect(text()).toContain("Closing the door of Contoso");
});

test("a proof stays until it is put away", async () => {
  const tell = await strip();
  const closed = { ...receipt, outcome: "closed" } as const;
  tell(told({ ...running, outcome: { kind: "closed", milliseconds: 900, receipt: closed } }));
  fireEvent.click(screen.getByRole("button", { name: "Put away the revoke of Contoso" }));
  expect(screen.queryByRole("region", { name: "Under way" })).toBeNull();
});

test("what is worst is heard as it comes, and at once where nothing proves that the door is shut", async () => {
  const tell = await strip();
  const polite = document.querySelector('[aria-live="polite"]');
  tell(told(running));
  expect(polite?.textContent).toBe("Closing the door of Contoso");
  tell(told(notConfirmed));
  expect(screen.getByRole("alert").textContent).toBe("Contoso: Not confirmed. Treat the door as open.");
  expect(polite?.textContent).toBe("");
});
