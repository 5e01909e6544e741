import { expect, test } from "vitest";
import { stillClock } from "../../testing/stillClock.ts";
import { DeviceClock } from "./deviceClock.ts";

const hour = 3_600_000;

test("the endpoint's clock goes on by itself, whatever is done to ours", async () => {
  const ours = stillClock("2026-11-21T03:00:00.000Z");
  const device = new DeviceClock(ours);
  expect([device.now, device.by]).toEqual([null, null]);
  device.signInTold(2 * hour);
  ours.sleepThrough(-5 * hour);
  await ours.advance(60_000);
  expect(new Date(device.now ?? 0).toISOString()).toBe("2026-11-21T05:01:00.000Z");
});

test("the date of an answer counts only where no sign-in told anything", () => {
  const device = new DeviceClock(stillClock("2026-11-21T03:00:00.000Z"));
  device.answerTold(Date.UTC(2026, 10, 21, 4));
  expect([device.now, device.by]).toEqual([Date.UTC(2026, 10, 21, 4), "date"]);
  device.signInTold(0);
  device.answerTold(Date.UTC(2026, 10, 21, 9));
  expect([device.now, device.by]).toEqual([Date.UTC(2026, 10, 21, 3), "signIn"]);
});

test("a clock that was never set tells nothing", () => {
  const device = new DeviceClock(stillClock());
  device.signInTold(-500 * 365 * 24 * hour);
  device.answerTold(0);
  expect(device.now).toBeNull();
});
