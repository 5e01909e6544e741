import type { Source } from "../sourced.ts";

/* No public page prints the output of a remote-support cmdlet on Azure Stack Hub: nearly all is taken over. */

/** Consent dialogue and grant as printed for Azure Local. */
export const azureLocal: Source = {
  title: "azure-stack-docs, azure-local/manage/get-remote-support.md, 05/13/2026",
  assumed: true,
};
/** What the cmdlets of Az.StackHCI print, lines and grants. */
export const stackHci: Source = {
  title: "azure-powershell, src/StackHCI/StackHCI/help, Enable- to Disable-AzStackHCIRemoteSupport",
  assumed: true,
};
/** The same data in the Azure Resource Manager, under other names. */
export const resourceManager: Source = {
  title: "azure-sdk-for-js, arm-azurestackhci, RemoteSupportProperties",
  assumed: true,
};
/** The only printed list of sessions. */
export const stackEdge: Source = {
  title: "azure-docs, azure-stack-edge-gpu-remote-support-diagnostics-repair.md, 07/27/2023",
  assumed: true,
};
/** Written by a tool of the vendor to its own log; that the cmdlet prints the same is not known. */
export const environmentChecker: Source = {
  title: "AzStackHci.EnvironmentChecker, AzStackHci.RemoteSupport.psm1",
  assumed: true,
};
/** Printed for this product. */
export const hubArticle: Source = {
  title: "azure-stack-docs, azure-stack/operator/remote-support.md, 07/27/2023",
  assumed: false,
};
/** Nobody's word: names and words that another build may well use. */
export const guessed: Source = { title: "no source; near to the published ones", assumed: true };
