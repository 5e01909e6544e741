/** What a stamp's version means for remote support (published for Azure Stack Hub, 07/27/2023). */
export type VersionVerdict = "listed" | "newer" | "tooOld" | "hotfixMissing" | "unknown";

/** The hotfix of 2102 from which on remote support is there. */
const firstOf2102 = [30, 132] as const;
const listedReleases: ReadonlySet<number> = new Set([2102, 2108, 2206]);

/** Judges `1.YYMM.x.y`. It only explains: whether the commands are there decides. */
export function judgeStampVersion(version: string): VersionVerdict {
  const match = /^1\.(\d{4})\.(\d{1,6})\.(\d{1,6})$/.exec(version.trim());
  if (match === null) return "unknown";
  const [release = 0, build = 0, revision = 0] = match.slice(1).map(Number);
  if (release < 2102) return "tooOld";
  const [leastBuild, leastRevision] = firstOf2102;
  const early = build < leastBuild || (build === leastBuild && revision < leastRevision);
  if (release === 2102 && early) return "hotfixMissing";
  return listedReleases.has(release) ? "listed" : "newer";
}
