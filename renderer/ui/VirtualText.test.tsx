import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { VirtualText } from "./VirtualText.tsx";

/** jsdom lays nothing out: a frame over a text of its lines. */
let frameHeight = 200;
let height = 0;
let laidOut = (): void => undefined;

beforeEach(() => {
  frameHeight = 200;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(tell: () => void) {
        laidOut = tell;
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
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
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

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
/** Another pane was opened or folded: the frame has another height, and nobody scrolled. */
const resize = (to: number): void => {
  frameHeight = to;
  act(() => laidOut());
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

test("the last lines of a text that ends are followed too, and nothing after them", () => {
  const { rerender } = render(text(100, true));
  scroll(1_800);
  rerender(text(120, false));
  expect(frame().scrollTop).toBe(2_400);
  rerender(text(140, false));
  expect(frame().scrollTop).toBe(2_400);
});

test("a text that has ended offers no end to follow", () => {
  render(text(100, false));
  scroll(0);
  expect(toEnd()).toBeNull();
});

test.each([
  ["lower", 100],
  ["a line lower", 180],
  ["higher", 400],
])("a text that is followed stays followed when its frame becomes %s", (_, to) => {
  const { rerender } = render(text(100, true));
  scroll(1_800);
  resize(to);
  expect(toEnd()).toBeNull();
  rerender(text(120, true));
  expect(frame().scrollTop).toBe(2_400);
});

test("a text that waits where it was scrolled to goes on waiting there when its frame changes", () => {
  const { rerender } = render(text(100, true));
  scroll(500);
  resize(100);
  rerender(text(120, true));
  expect(frame().scrollTop).toBe(500);
  expect(toEnd()).not.toBeNull();
});
