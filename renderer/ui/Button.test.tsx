import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Button } from "./Button.tsx";

afterEach(cleanup);

test.each([
  ["main", 1],
  ["plain", 2],
] as const)("a double click on a %s button presses it %i times", (kind, times) => {
  let pressed = 0;
  render(
    <Button kind={kind} onPress={() => (pressed += 1)}>
      Next
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Next" });
  for (const detail of [1, 2]) fireEvent.click(button, { detail });
  expect(pressed).toBe(times);
  // By keyboard.
  fireEvent.click(button, { detail: 0 });
  expect(pressed).toBe(times + 1);
});
