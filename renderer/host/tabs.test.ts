import { expect, test } from "vitest";
import { answerOtherTabs, askOtherTabs } from "./tabs.ts";

const never = new AbortController().signal;

test("a tab without a token gets it from one that is connected", async () => {
  const stop = answerOtherTabs(() => "abc123");
  expect(await askOtherTabs(never)).toBe("abc123");
  stop();
});

test("a tab that is not connected gives nothing away: who serves its address by now may be somebody else", async () => {
  const enough = new AbortController();
  const stop = answerOtherTabs(() => {
    setTimeout(() => enough.abort());
    return null;
  });
  expect(await askOtherTabs(enough.signal)).toBeNull();
  stop();
});

test("the one that is connected answers all that ask", async () => {
  const stops = [answerOtherTabs(() => null), answerOtherTabs(() => "abc123")];
  expect(await Promise.all([askOtherTabs(never), askOtherTabs(never)])).toEqual(["abc123", "abc123"]);
  for (const stop of stops) stop();
});
