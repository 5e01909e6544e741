import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VirtualText } from "./VirtualText.tsx";

/** jsdom lays nothing out: a frame of 200 px over a text of its lines. */
const frameHeight = 200;
let height = 0;

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", {
    configurable: true,
    get: () => frameHeight,
  });
  Object.defineProperty(HTMLElement.prototype, "scrollHeight", { configurable: true, get: () => height });
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, _left?: unknown, top?: unknown) {
    this.scrollTop = Math.min(Number(top), height - frameHeight);
    fireEvent.scroll(this);
  };
});
afterEach(cleanup);

function text(lines: number, live: boolean) {
  height = lines * 20;
  return (
    <VirtualText
      name="Text"
      text="x"
      lines={lines}
      line={(number) => `line ${number}`}
      onNeed={() => undefined}
      goTo={null}
      current={null}
      find={null}
      marks={[]}
      followEnd={live}
      onWholeLine={() => undefined}
    />
  );
}

const frame = (): HTMLElement => screen.getByRole("region", { name: "Text" });
const scroll = (top: number): void => {
  frame().scrollTop = top;
  fireEvent.scroll(frame());
};
const toEnd = () => screen.queryByRole("button", { name: /Go to the end and follow/ });

test("a text that grows is followed at its end, waits where it was scrolled to, and is followed again on request", () => {
  const { rerender } = render(text(100, true));
  scroll(1_800);
  expect(toEnd()).toBeNull();
  rerender(text(120, true));
  expect(frame().scrollTop).toBe(2_400);
  scroll(500);
  rerender(text(140, true));
  expect(frame().scrollTop).toBe(500);
  fireEvent.click(toEnd() as HTMLElement);
  expect(frame().scrollTop).toBe(2_600);
  expect(toEnd()).toBeNull();
});

test("a text that has ended offers no end to follow", () => {
  render(text(100, false));
  scroll(0);
  expect(toEnd()).toBeNull();
});
