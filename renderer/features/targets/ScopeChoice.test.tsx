import { cleanup, fireEvent, screen } from "@testing-library/react";
import { ConsoleError } from "#contract";
import { afterEach, expect, test } from "vitest";
import { aTarget } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { ScopeChoice } from "./ScopeChoice.tsx";

afterEach(cleanup);

const byOperator = { grants: "shared", by: "operator", at: "2026-11-24T03:00:00.000Z" } as const;

test("the operator says that grants are shared, that they are separate, and takes the word back", async () => {
  const said: unknown[] = [];
  const handlers = {
    targets: {
      declareScope: async ({ grants }: { grants: "shared" | "separate" | null }) => {
        said.push(grants);
        return aTarget();
      },
    },
  };
  await drawn(<ScopeChoice target={aTarget()} />, handlers);
  expect(screen.queryByRole("button", { name: /Take your word back/ })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Say: shared, of the endpoints of Contoso" }));
  fireEvent.click(screen.getByRole("button", { name: "Say: separate, of the endpoints of Contoso" }));
  await expect.poll(() => said).toEqual(["shared", "separate"]);
  cleanup();
  await drawn(<ScopeChoice target={aTarget({ scope: byOperator })} />, handlers);
  fireEvent.click(screen.getByRole("button", { name: "Take your word back on the endpoints of Contoso" }));
  await expect.poll(() => said).toEqual(["shared", "separate", null]);
});

test("a word that was not kept says so", async () => {
  await drawn(<ScopeChoice target={aTarget()} />, {
    targets: {
      declareScope: async () => {
        throw new ConsoleError("internal", "The settings could not be written.");
      },
    },
  });
  fireEvent.click(screen.getByRole("button", { name: /Say: shared/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("Your word was not kept");
});
