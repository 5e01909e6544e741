import { beforeEach, expect, test } from "vitest";
import { readAddress } from "./consoleAddress.ts";

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});

test("a token in the fragment is used, kept for the tab, and gone from the address bar", () => {
  history.replaceState(null, "", "/#token=abc123");
  expect(readAddress(window)).toMatchObject({ kind: "socket", token: "abc123" });
  expect(location.href).not.toContain("abc123");
  expect(readAddress(window)).toMatchObject({ token: "abc123" });
  expect(localStorage.length).toBe(0);
});

test("the page of the desktop waits for a port", () => {
  const surroundings = { location: new URL("app://console/#/overview"), history, sessionStorage };
  expect(readAddress(surroundings as unknown as Window)).toEqual({ kind: "port" });
});
