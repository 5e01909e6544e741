/** Days for which a transcript is kept after its session (remote-support.md of Azure Stack Hub, 07/27/2023). */
export const transcriptKeptDays = 90;
