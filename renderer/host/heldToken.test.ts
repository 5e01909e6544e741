import { beforeEach, expect, test } from "vitest";
import { heldToken } from "./heldToken.ts";

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});

test("a token in the fragment is used, kept for the tab, and gone from the address bar", () => {
  history.replaceState(null, "", "/#token=abc123");
  const token = heldToken(window);
  expect(token.take("#/overview")).toBe(true);
  expect(token.current()).toBe("abc123");
  expect(location.href).not.toContain("abc123");
  expect(location.hash).toBe("#/overview");
  expect(heldToken(window).current()).toBe("abc123");
  expect(localStorage.length).toBe(0);
});

test("a fragment that is a place of the page is no token, and stays", () => {
  history.replaceState(null, "", "/#/sessions/stamp-1");
  const token = heldToken(window);
  expect(token.take("#/overview")).toBe(false);
  expect(token.current()).toBeNull();
  expect(location.hash).toBe("#/sessions/stamp-1");
});

test("a newer address takes the place of the older one, and the page stays where it was", () => {
  const token = heldToken(window);
  token.keep("old");
  history.replaceState(null, "", "/#token=new");
  token.take("#/ledger");
  expect(token.current()).toBe("new");
  expect(location.hash).toBe("#/ledger");
});
