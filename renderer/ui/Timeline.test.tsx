import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Timeline } from "./Timeline.tsx";
import type { TimelineItem } from "./Timeline.tsx";
import { timelineTicks } from "./timelineTicks.ts";

afterEach(cleanup);

const item = (id: string, from: number, to: number, lane = 0): TimelineItem => ({
  id,
  lane,
  from,
  to,
  isOpen: false,
  look: "past",
  words: `Item ${id}`,
  href: `#/${id}`,
});

const draw = () =>
  render(
    <Timeline
      name="Timeline of T"
      lanes={["Grants", "Ends"]}
      items={[item("a", 0, 10), item("b", 20, 20, 1), item("c", 50, 100)]}
      from={0}
      to={100}
      ticks={[]}
      zone="UTC"
    />,
  );
const link = (id: string): HTMLElement => screen.getByRole("link", { name: `Item ${id}` });

test("the timeline is one tab stop, and the arrow keys walk its items across the lanes", () => {
  draw();
  expect(screen.getAllByRole("link").map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  link("a").focus();
  fireEvent.keyDown(link("a"), { key: "ArrowRight" });
  expect(document.activeElement).toBe(link("b"));
  fireEvent.keyDown(link("b"), { key: "End" });
  expect(document.activeElement).toBe(link("c"));
  fireEvent.keyDown(link("c"), { key: "ArrowRight" });
  expect(document.activeElement).toBe(link("c"));
  expect(link("c").tabIndex).toBe(0);
});

test("hover and focus read the values, Escape puts them away", () => {
  draw();
  fireEvent.pointerEnter(link("a"));
  expect(screen.getByRole("tooltip").textContent).toBe("Item a");
  fireEvent.keyDown(window, { key: "Escape" });
  expect(screen.queryByRole("tooltip")).toBeNull();
});

const at = (text: string): number => Date.parse(text);

test("ticks are round instants in UTC, few enough to be read", () => {
  const words = (from: string, to: string) => timelineTicks(at(from), at(to)).map((tick) => tick.words);
  expect(words("2026-11-23T05:10:00Z", "2026-11-24T05:10:00Z")).toEqual([
    "08:00",
    "12:00",
    "16:00",
    "20:00",
    "24 Nov",
    "04:00",
  ]);
  expect(words("2026-11-17T05:10:00Z", "2026-11-24T05:10:00Z")).toHaveLength(7);
  expect(words("2026-08-26T00:00:00Z", "2026-11-24T00:00:00Z").length).toBeLessThan(8);
});
