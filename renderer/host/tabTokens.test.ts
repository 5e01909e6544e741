import { beforeEach, expect, test } from "vitest";
import { createTabTokens } from "./tabTokens.ts";

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});

test("a token in the fragment is taken, kept for the tab alone, and gone from the address bar", () => {
  history.replaceState(null, "", "/#token=abc123");
  const tokens = createTabTokens(window);
  expect(tokens.takeFromAddress()).toBe(true);
  expect(tokens.candidates()).toEqual(["abc123"]);
  expect(location.href).not.toContain("abc123");
  expect(localStorage.length).toBe(0);
});

test("a page that is loaded again still has its token", () => {
  history.replaceState(null, "", "/#token=abc123");
  createTabTokens(window).takeFromAddress();
  const reloaded = createTabTokens(window);
  expect(reloaded.takeFromAddress()).toBe(false);
  expect(reloaded.candidates()).toEqual(["abc123"]);
});

test("a new token is tried before the old one, and the one that the console took is kept alone", () => {
  const tokens = createTabTokens(window);
  history.replaceState(null, "", "/#token=old");
  tokens.takeFromAddress();
  history.replaceState(null, "", "/#token=new");
  tokens.takeFromAddress();
  expect(tokens.candidates()).toEqual(["new", "old"]);
  tokens.proved("old");
  expect(tokens.candidates()).toEqual(["old"]);
  expect(createTabTokens(window).candidates()).toEqual(["old"]);
});

test("an address without a token changes nothing", () => {
  history.replaceState(null, "", "/#/sessions/t");
  expect(createTabTokens(window).takeFromAddress()).toBe(false);
  expect(location.hash).toBe("#/sessions/t");
});
