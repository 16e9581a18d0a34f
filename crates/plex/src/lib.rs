//! A client of Plex Media Server and plex.tv; wire types stay private, domain types come out.
