//! The habits of the household: who sits down when, where, for what. Names are those of the generated world.

/// What somebody sits down for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// The next episodes of a show of theirs.
    Series,
    /// The same favourites over and over.
    Cartoons,
    Film,
    Album,
    Sport,
    News,
}

/// A sitting that may happen once a day.
#[derive(Debug)]
pub struct Sitting {
    pub want: Want,
    /// Titles of players, the usual one first.
    pub players: &'static [&'static str],
    /// How likely, Monday to Sunday.
    pub days: [f64; 7],
    /// Local hour of day, and how far from it.
    pub hour: f64,
    pub spread: f64,
    /// How many items in a row, from and to.
    pub items: (i64, i64),
}

/// Somebody and their habits.
#[derive(Debug)]
pub struct Habit {
    /// The title of the user.
    pub person: &'static str,
    /// How many days before now they first came.
    pub joined: i64,
    /// Lives in the house, and is away with it in summer.
    pub family: bool,
    pub sittings: &'static [Sitting],
}

const fn sitting(
    want: Want,
    players: &'static [&'static str],
    days: [f64; 7],
    (hour, spread): (f64, f64),
    items: (i64, i64),
) -> Sitting {
    Sitting { want, players, days, hour, spread, items }
}

const fn week(workday: f64, friday: f64, saturday: f64, sunday: f64) -> [f64; 7] {
    [workday, workday, workday, workday, friday, saturday, sunday]
}

use Want::{Album, Cartoons, Film, News, Series, Sport};

#[rustfmt::skip]
pub const HABITS: [Habit; 11] = [
    Habit { person: "Robin", joined: 730, family: true, sittings: &[
        sitting(Album, &["Plexamp"], week(0.55, 0.5, 0.15, 0.1), (9.6, 1.6), (5, 11)),
        sitting(Album, &["Plexamp"], week(0.25, 0.2, 0.05, 0.05), (14.3, 1.5), (4, 9)),
        sitting(Series, &["Living Room", "Living Room", "Study"], week(0.42, 0.3, 0.3, 0.5), (20.8, 1.0), (1, 2)),
        sitting(Film, &["Living Room"], week(0.03, 0.38, 0.42, 0.12), (20.6, 0.8), (1, 1)),
        sitting(Series, &["Robin's phone"], week(0.14, 0.12, 0.02, 0.0), (7.9, 0.4), (1, 1)),
    ] },
    Habit { person: "Mara", joined: 730, family: true, sittings: &[
        sitting(Series, &["Mara's iPad"], week(0.38, 0.35, 0.3, 0.35), (22.1, 0.8), (1, 3)),
        sitting(Album, &["Mara's iPhone"], week(0.32, 0.3, 0.4, 0.3), (17.9, 1.4), (4, 9)),
        sitting(Series, &["Living Room"], week(0.1, 0.12, 0.25, 0.3), (16.2, 1.6), (1, 2)),
        sitting(Film, &["Living Room", "Mara's iPad"], week(0.02, 0.1, 0.2, 0.22), (20.4, 0.9), (1, 1)),
    ] },
    Habit { person: "Finn", joined: 705, family: true, sittings: &[
        sitting(Cartoons, &["Playroom", "Playroom", "Kids' tablet"], week(0.55, 0.6, 0.25, 0.3), (16.6, 0.8), (2, 4)),
        sitting(Cartoons, &["Playroom"], week(0.02, 0.03, 0.75, 0.7), (8.1, 0.7), (2, 6)),
        sitting(Film, &["Playroom"], week(0.0, 0.08, 0.12, 0.3), (15.2, 1.0), (1, 1)),
    ] },
    Habit { person: "June", joined: 660, family: true, sittings: &[
        sitting(Series, &["June's laptop"], week(0.4, 0.5, 0.4, 0.4), (21.4, 1.4), (1, 3)),
        sitting(Series, &["June's iPhone"], week(0.2, 0.18, 0.05, 0.05), (7.5, 0.4), (1, 1)),
        sitting(Album, &["June's headphones"], week(0.45, 0.45, 0.35, 0.3), (16.1, 2.4), (3, 8)),
    ] },
    Habit { person: "Otto", joined: 640, family: false, sittings: &[
        sitting(News, &["Otto's television"], week(0.3, 0.3, 0.15, 0.2), (19.0, 0.15), (1, 1)),
        sitting(Series, &["Otto's television"], week(0.38, 0.3, 0.3, 0.35), (19.9, 0.7), (1, 2)),
        sitting(Sport, &["Otto's television"], week(0.01, 0.02, 0.18, 0.78), (15.5, 0.5), (1, 2)),
        sitting(Film, &["Otto's television"], week(0.05, 0.1, 0.14, 0.08), (14.6, 1.1), (1, 1)),
    ] },
    Habit { person: "Priya", joined: 585, family: false, sittings: &[
        sitting(Series, &["Apple TV"], week(0.3, 0.4, 0.45, 0.42), (21.0, 1.1), (1, 3)),
        sitting(Film, &["Apple TV"], week(0.02, 0.22, 0.34, 0.12), (20.9, 0.9), (1, 1)),
        sitting(Series, &["Priya's iPhone"], week(0.24, 0.2, 0.04, 0.02), (8.3, 0.5), (1, 1)),
    ] },
    Habit { person: "Sam", joined: 505, family: false, sittings: &[
        sitting(Film, &["SHIELD"], week(0.05, 0.4, 0.5, 0.25), (21.5, 1.0), (1, 1)),
        sitting(Series, &["SHIELD", "Sam's desk"], week(0.34, 0.25, 0.3, 0.35), (22.0, 1.4), (1, 2)),
        sitting(Sport, &["SHIELD"], week(0.01, 0.02, 0.2, 0.62), (15.9, 0.7), (1, 2)),
    ] },
    Habit { person: "Lena", joined: 430, family: false, sittings: &[
        sitting(Series, &["Wohnzimmer"], week(0.42, 0.4, 0.35, 0.45), (20.3, 0.6), (1, 2)),
        sitting(Cartoons, &["Lena's tablet", "Wohnzimmer"], week(0.12, 0.14, 0.6, 0.55), (8.8, 0.8), (2, 4)),
        sitting(Film, &["Wohnzimmer"], week(0.02, 0.12, 0.25, 0.12), (20.5, 0.5), (1, 1)),
    ] },
    Habit { person: "Theo", joined: 350, family: false, sittings: &[
        sitting(Album, &["Theo's phone"], week(0.55, 0.5, 0.4, 0.35), (8.6, 1.2), (4, 10)),
        sitting(Album, &["Theo's phone"], week(0.3, 0.3, 0.2, 0.2), (18.2, 1.1), (3, 8)),
        sitting(Series, &["Theo's browser"], week(0.25, 0.25, 0.35, 0.4), (23.0, 1.4), (1, 3)),
    ] },
    Habit { person: "Casey", joined: 225, family: false, sittings: &[
        sitting(Film, &["Projector"], week(0.08, 0.42, 0.5, 0.2), (21.2, 0.9), (1, 1)),
        sitting(Series, &["Projector", "Casey's phone"], week(0.22, 0.2, 0.35, 0.5), (21.7, 1.6), (2, 5)),
        sitting(Album, &["Casey's phone"], week(0.25, 0.2, 0.15, 0.1), (12.4, 1.0), (3, 7)),
    ] },
    Habit { person: "Vic", joined: 110, family: false, sittings: &[
        sitting(Series, &["Bedroom stick"], week(0.5, 0.45, 0.4, 0.5), (22.7, 0.9), (1, 2)),
        sitting(Album, &["Bedroom stick"], week(0.08, 0.1, 0.2, 0.15), (11.0, 1.5), (4, 8)),
    ] },
];
