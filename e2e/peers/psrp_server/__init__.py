"""A JEA endpoint made of other people's code: psrpcore speaks PSRP, pyspnego signs in and seals.

Our client is driven against it, so that no mistake can hide by standing at both ends of the wire. It keeps one
grant and one finished session, prints one JSON line when it listens and one for each thing it saw, and takes orders
on standard input: which fault it shows next.
"""
