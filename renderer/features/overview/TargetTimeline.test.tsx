import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { aGrant, anEndpointReading } from "../../../electron/testing/builders.ts";
import { drawn } from "../../testing/drawn.tsx";
import { TargetTimeline } from "./TargetTimeline.tsx";

afterEach(cleanup);

const hour = 3_600_000;

test("a grant that a target with a fast clock has just made is there, with whose clock its times are by", async () => {
  const createdAt = new Date(Date.now() + 2 * hour - 1_000).toISOString();
  const expiresAt = new Date(Date.now() + 10 * hour).toISOString();
  const reading = {
    grants: [aGrant({ createdAt, updatedAt: createdAt, expiresAt })],
    endpoint: "ERCS01",
    readAt: new Date().toISOString(),
    endpoints: [anEndpointReading()],
  };
  await drawn(
    <TargetTimeline targetId="target-1" targetName="Contoso" deviceAheadMs={2 * hour} isWatched />,
    {
      grants: {
        watch: async function* () {
          yield { reading, acts: [] };
        },
      },
    },
  );
  expect(await screen.findAllByRole("link", { name: /^Grant, Diagnostics/ })).not.toEqual([]);
  expect(screen.getByText("All of these times are by the target's clock.")).toBeTruthy();
});
