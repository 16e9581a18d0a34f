//! Pure rules of the field: media, sessions, watched, grouping, errors. No I/O.
