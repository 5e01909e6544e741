import assert from "node:assert/strict";
import type { Peer } from "./peer.ts";
import type { Scenario } from "./scenarios.ts";

/* Every fault code that a server sends, in place of a runspace: what the operator is told, and the exit status. */

type Row = readonly [codes: readonly (number | null)[], exit: number, says: RegExp, more?: object];

const provider = (code: number, text: string): string =>
  `<f:ProviderFault provider="microsoft.powershell" path="pwrshplugin.dll"><f:WSManFault Code="${code}"><f:Message>${text}</f:Message></f:WSManFault></f:ProviderFault>`;

const rows: readonly Row[] = [
  [[5], 1, /this account may not use this configuration.*CloudAdmins/],
  [[995], 4, /ended the conversation while we waited.*may or may not be done/],
  [[14], 1, /is out of memory/],
  [[1115], 4, /is shutting down/],
  [[87], 1, /did not like the form of our request.*report/],
  [[2147942402], 1, /plug-in that is not installed right/],
  [[2150858752, 2150858753], 1, /does not offer the operation/],
  [[2150858754, 2150858797], 1, /name of the session configuration/],
  [[2150858757], 1, /WinRM that is misconfigured/],
  [[2150858767, 2150858768, 2150858881, 2150858887], 1, /did not like the form of our request.*report/],
  [[2150858770], 4, /no WinRM service that answers there/],
  [[2150858790, 2150858824, 2150858825], 1, /too large.*less at a time/],
  [[2150858793], 4, /still working/],
  [[2150858806], 5, /refused the sign-in.*account and password/],
  [[2150858811], 1, /no session configuration of that name/],
  [[2150858815], 1, /has reached one of its limits/],
  [[2150858817, 2150858819], 1, /did not like the form of our request.*report/],
  [[2150858833], 1, /does not take our version/],
  [[2150858843], 4, /no longer has our conversation/],
  [[2150859026, 2150859027], 4, /no WinRM service that answers there/],
  [[2150859046], 4, /does not answer; a firewall/],
  [[2150859161], 1, /redirect.*follow no redirects/],
  [[2150859173, 2150859236, 2150859238], 1, /too many open conversations.*Close others/],
  [[2150859237, 2150859179], 1, /in use by too many people/],
  [[2150859174, 2150859239, 2150859240, 2150859241], 1, /too much to do at once/],
  [[2150859175], 1, /throttles this account/],
  [[2150859176], 1, /throttles everybody/],
  [[2150859180, 2150859229, 2150859235], 1, /remote access switched off/],
  [[2150859203, 2150859231], 1, /session configuration whose own account does not work.*administrator/],
  [[2150859206, 2150859213, 2150859216], 4, /in use elsewhere, or it cannot be joined/],
  [[2150859230], 4, /in use elsewhere, or it cannot be joined/],
  [[2150859259, 2150859260, 2150859261], 1, /session configuration whose own account does not work/],
  [[2152990672, 2152990673], 4, /lost the PowerShell session/],
  [[2152991672, 2152991673, 2152991675, 2152991676, 2152991677], 4, /lost the PowerShell session/],
  [[2152991678, 2152991679, 2152991680], 4, /lost the PowerShell session/],
  [[2152991674], 1, /could not create the session.*own script/],
  [[2152991685, 2152991686, 2152991687], 1, /does not take our version/],
  [[2152992672], 1, /reported an error of its PowerShell.*“PEER words/],
  [[2152992673, 2152992674, 2152992675], 4, /could not close or join the PowerShell session/],
  [[4123456789], 1, /answered with a fault.*Its own words: “PEER words/],
  // Some servers write the number as a signed one.
  [[-2144108485], 1, /no session configuration of that name/],
  // The inner code is the more precise one.
  [[2150858843], 1, /too many open conversations/, { message: provider(2150859173, "PEER quota.") }],
  // Without a number the subcode tells.
  [[null], 1, /may not use this configuration/, { subcode: "w:AccessDenied" }],
  [[null], 1, /no session configuration of that name/, { subcode: "a:DestinationUnreachable" }],
  [[null], 1, /has reached one of its limits/, { subcode: "w:QuotaLimit" }],
];

/** One scenario a code. */
export function faultCodes(peer: Peer): readonly Scenario[] {
  return rows.flatMap(([codes, exit, says, more]) =>
    codes.map((code) => ({
      sentence: `client: fault ${code ?? JSON.stringify(more)} is told as it is meant, exit ${exit}`,
      run: async () => {
        await peer.begin([{ on: "Create", fault: "code", code, ...more }]);
        const ended = await peer.rsc(["grants"]);
        assert.match(ended.err, says);
        assert.equal(ended.status, exit, ended.err);
        assert.ok(ended.err.includes(`${peer.host}:${peer.port}`), "the endpoint is named");
        if (code !== null && code > 0 && more === undefined)
          assert.ok(ended.err.includes(`code ${code}`), ended.err);
        assert.deepEqual(await peer.truth(), { open: false, shells: 0 });
      },
    })),
  );
}
