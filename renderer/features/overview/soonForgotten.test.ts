import type { Session } from "#contract";
import { expect, test } from "vitest";
import { aSession } from "../../../electron/testing/builders.ts";
import { soonForgotten } from "./soonForgotten.ts";

const session = (transcriptForgottenAt: string | null): Session => aSession({ transcriptForgottenAt });

test("transcripts that are deleted within a week are counted, with the first of them", () => {
  const now = Date.parse("2026-11-24T00:00:00Z");
  const sessions = [
    "2026-11-30T00:00:00Z",
    "2026-11-25T00:00:00Z",
    "2026-12-09T00:00:00Z",
    "2026-11-01T00:00:00Z",
  ];
  expect(soonForgotten([...sessions.map(session), session(null)], now, 7)).toEqual({
    count: 2,
    first: "2026-11-25T00:00:00Z",
  });
  expect(soonForgotten([], now, 7)).toEqual({ count: 0, first: null });
});
