import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { WorkingBar } from "./WorkingBar.tsx";

afterEach(cleanup);

test("says how far it is, in words and to a screen reader", () => {
  const { container } = render(<WorkingBar words="Revoking: closing" percent={40} />);
  const bar = screen.getByRole("progressbar", { name: "Revoking: closing" });
  expect([bar.getAttribute("aria-valuenow"), bar.getAttribute("aria-valuemax")]).toEqual(["40", "100"]);
  expect(container.textContent).toBe("Revoking: closing (40 %)");
});

test("claims no number where none was told", () => {
  render(<WorkingBar words="Revoking" percent={null} />);
  expect(screen.getByRole("progressbar").hasAttribute("aria-valuenow")).toBe(false);
});
