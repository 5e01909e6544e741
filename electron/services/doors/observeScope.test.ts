import { expect, test } from "vitest";
import { aGrant, aReceipt } from "../../testing/builders.ts";
import type { KnownAct } from "../ledger/knownActs.ts";
import type { EndpointView, GoodView } from "./endpointView.ts";
import { observeScope } from "./observeScope.ts";

const opened = Date.parse("2026-11-21T03:00:10.000Z");
const minutes = (count: number): number => opened + count * 60_000;
const grant = aGrant({ key: "created 3" });

const exact = "2026-11-21T03:00:10.123Z";

const act = (
  about: { readonly id?: string; readonly endpoint?: string; readonly createdAt?: string } = {},
): KnownAct => {
  const { id = "a", endpoint = "ERCS01", createdAt = exact } = about;
  const identity = { key: grant.key, levelAsPrinted: "", createdAt, updatedAt: null, expiresAt: null };
  return {
    id,
    act: "grant",
    targetId: "t",
    targetName: "T",
    operator: "Alex",
    startedAt: "",
    lastAt: "",
    process: null,
    request: null,
    answer: null,
    receipt: aReceipt({
      id,
      endpoint,
      finishedAt: new Date(opened).toISOString(),
      grant: identity,
    }),
  };
};
const view = (
  endpoint: string,
  listed: GoodView["listed"],
  at = minutes(1),
  more: Partial<GoodView> = {},
): EndpointView => ({
  endpoint,
  failure: null,
  isOutdated: false,
  good: {
    at: {
      wall: at,
      monotonic: at,
    },
    readAt: "",
    listed,
    past: [],
    sessions: [],
    notUnderstood: [],
    pastNotUnderstood: [],
    wholeAt: null,
    aheadMs: 0,
    ...more,
  },
});

test("a grant made at one endpoint and read at every other one: they share their grants", () => {
  const views = [
    view("ERCS01", [grant]),
    view("ERCS02", [grant]),
    view("ERCS03", [], minutes(1), { past: [grant] }),
  ];
  expect(observeScope(views, [act()], minutes(1))).toBe("shared");
});

test("nothing is concluded from some of the endpoints, from before, or from a grant that was made at each", () => {
  const silent: EndpointView = { endpoint: "ERCS03", good: null, failure: null, isOutdated: false };
  expect(
    observeScope([view("ERCS01", [grant]), view("ERCS02", [grant]), silent], [act()], minutes(1)),
  ).toBeNull();
  expect(
    observeScope([view("ERCS01", [grant]), view("ERCS02", [grant], minutes(-1))], [act()], minutes(1)),
  ).toBeNull();
  const each = [act(), act({ id: "b", endpoint: "ERCS02" })];
  expect(observeScope([view("ERCS01", [grant]), view("ERCS02", [grant])], each, minutes(1))).toBeNull();
  expect(observeScope([view("ERCS01", [grant])], [act()], minutes(9))).toBeNull();
  const toTheSecond = act({ createdAt: "2026-11-21T03:00:10.000Z" });
  expect(
    observeScope([view("ERCS01", [grant]), view("ERCS02", [grant])], [toTheSecond], minutes(1)),
  ).toBeNull();
  expect(observeScope([view("ERCS01", [grant]), view("ERCS02", [grant])], [], minutes(9))).toBeNull();
});

test("a grant that stands at one for minutes and shows at another not at all: each keeps its own", () => {
  const views = [view("ERCS01", [grant], minutes(3)), view("ERCS02", [], minutes(3))];
  expect(observeScope(views, [act()], minutes(1))).toBeNull();
  expect(observeScope(views, [act()], minutes(3))).toBe("separate");
  const unclear = [view("ERCS01", [grant]), view("ERCS02", [], minutes(3), { notUnderstood: ["?"] })];
  expect(observeScope(unclear, [act()], minutes(3))).toBeNull();
});
