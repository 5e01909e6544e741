const MIB = 1024 * 1024;

/** Bytes of a line that a reader takes when nothing else is said (protocol 14). */
export const longestLine = 48 * MIB;

/** Characters of a tag: every real one has fewer than a hundred. */
export const longestTag = 1_024;

/** Bytes of fragments in a Data line of ours: with base64 and its tags the line stays under 64 KiB. */
export const mostCarried = 32_768;

/** Characters kept of a line that a server says instead of a packet. */
export const mostSaid = 4_096;
