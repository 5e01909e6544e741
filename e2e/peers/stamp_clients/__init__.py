"""The practice stamp as clients that are not ours see it: pypsrp and pywinrm. Run by stampAgainstPeer.ts."""
