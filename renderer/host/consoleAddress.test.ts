import { expect, test } from "vitest";
import { readAddress } from "./consoleAddress.ts";

test("a served page opens a socket of its own host, and no token stands in its address", () => {
  const location = new URL("http://127.0.0.1:8080/#token=abc123") as unknown as Location;
  expect(readAddress({ location })).toEqual({ kind: "socket", url: "ws://127.0.0.1:8080/console" });
});

test("the page of the desktop waits for a port", () => {
  const location = new URL("app://console/#/overview") as unknown as Location;
  expect(readAddress({ location })).toEqual({ kind: "port" });
});
