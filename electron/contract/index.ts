import { consent } from "./consent.ts";
import { grants } from "./grants.ts";
import { host } from "./host.ts";
import type { Client, Handlers } from "./kit/operation.ts";
import { ledger } from "./ledger.ts";
import { sessions } from "./sessions.ts";
import { settings } from "./settings.ts";
import { targets } from "./targets.ts";
import { transcripts } from "./transcripts.ts";

/** Everything a client may ask of the console. */
export const consoleContract = { targets, consent, grants, sessions, transcripts, ledger, settings, host };
export type ConsoleContract = typeof consoleContract;
export type ConsoleClient = Client<ConsoleContract>;
export type ConsoleHandlers = Handlers<ConsoleContract>;

/** Compared at the first exchange: a page from another build is refused in words. */
export const contractVersion = "3";

export * from "./addressesToBlock.ts";
export * from "./certificates.ts";
export * from "./consent.ts";
export * from "./doors.ts";
export * from "./endpointReading.ts";
export * from "./grantShape.ts";
export * from "./grants.ts";
export * from "./host.ts";
export * from "./kit/errors.ts";
export * from "./kit/operation.ts";
export * from "./ledger.ts";
export * from "./receiptShape.ts";
export * from "./sessionShape.ts";
export * from "./sessions.ts";
export * from "./settings.ts";
export * from "./shapes.ts";
export * from "./shells.ts";
export * from "./signIn.ts";
export * from "./targets.ts";
export * from "./transcripts.ts";
