/** The commands of every RestrictedRemoteServer session (PowerShell-Docs, JEA): plumbing, never an engineer's operation. */
export const defaultCommands: readonly string[] = [
  "Clear-Host",
  "Exit-PSSession",
  "Get-Command",
  "Get-FormatData",
  "Get-Help",
  "Measure-Object",
  "Out-Default",
  "Select-Object",
];
