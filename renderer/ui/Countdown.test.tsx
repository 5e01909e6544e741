import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { setConsoleAhead } from "./consoleClock.ts";
import { Countdown } from "./Countdown.tsx";

afterEach(() => {
  cleanup();
  setConsoleAhead(0);
});

test("the time left is by the clock that the expiry is by, whatever the page's clock shows", () => {
  const hour = 3_600_000;
  setConsoleAhead(-5 * hour);
  const until = new Date(Date.now() - 5 * hour + 2 * hour + 8 * hour + 500).toISOString();
  render(<Countdown from={null} until={until} aheadMs={2 * hour} />);
  expect(document.querySelector(".countdown-words")?.textContent).toBe("8 h left");
});
