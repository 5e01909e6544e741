import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { anEndpointReading, aReceipt } from "../../electron/testing/builders.ts";
import { ReceiptProof } from "./ReceiptProof.tsx";
import { receiptText } from "./receiptText.ts";

afterEach(cleanup);

const line = "Enable-RemoteSupport -AccessLevel Diagnostics -ExpireInMinutes 480";
const receipt = aReceipt({
  sent: [{ endpoint: "ERCS01", at: "2026-11-21T03:00:01.000Z", line }],
  readings: [
    anEndpointReading({ activeGrants: 1 }),
    anEndpointReading({
      endpoint: "ERCS02",
      readAt: null,
      failure: { code: "unreachable", sentence: "It did not answer.", remedy: "retry" },
    }),
  ],
});

test("a receipt has all that was sent and what each endpoint showed, on the screen and as text", () => {
  render(<ReceiptProof receipt={receipt} />);
  expect(screen.getByRole("region", { name: "Sent, in order" }).textContent).toContain(`to ERCS01: ${line}`);
  const showed = screen.getByRole("region", { name: "What each endpoint showed" }).textContent;
  expect(showed).toContain("1 active grant, no running sessions · read 2026-11-21 03:10:00 UTC");
  expect(showed).toContain("ERCS02not read: It did not answer.");
  expect(receiptText(receipt)).toContain(
    `Sent, in order\n2026-11-21T03:00:01.000Z  ERCS01  ${line}\n\nWhat each endpoint showed\nERCS01  1 active grant, no running sessions\nERCS02  not read: It did not answer.\n`,
  );
});

test("a receipt of an earlier build is shown without them", () => {
  render(<ReceiptProof receipt={aReceipt()} />);
  expect(screen.queryByRole("region")).toBeNull();
  expect(receiptText(aReceipt())).not.toContain("Sent, in order");
});
