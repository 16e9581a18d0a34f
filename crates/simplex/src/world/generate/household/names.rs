//! Owns the names of invented actors and writers, and the plain words that fill the rest of a library.

#[rustfmt::skip]
pub(super) const ACTORS: [&str; 64] = [
    "Thandi Okonkwo-Bell", "Rufus Kavanagh", "Mirela Dusek", "Julian Ashgrove", "Petra Lindholm", "Omar Castellane", "Beatrix Fenn", "Silas Adeyinka",
    "Noor Halloran", "Gideon Marsh", "Ylva Bergander", "Dorian Teague", "Carmen Solvang", "Elliot Prowse", "Hana Morikawa-Lund", "Lucian Varga",
    "Freya Oduya", "Bastien Corrigan", "Imogen Thrale", "Kofi Lindgren", "Saoirse Penhallow", "Mateus Arrigo", "Wren Calder", "Anselm Brook",
    "Delphine Osei", "Hugo Strand", "Priya Wolstenholme", "Tomas Quist", "Adaeze Winter", "Magnus Fairley", "Leonie Abara", "Casper Dunmore",
    "Rosalind Achterberg", "Idris Pomeroy", "Vera Stanhope-Ito", "Nikolai Brandt", "Esme Holloway", "Joaquin Tervel", "Greta Salmond", "Ravi Endicott",
    "Sabine Orr", "Dashiell Moreau", "Lotte Verhaegen", "Cyrus Blackwell", "Ondine Marsh", "Theo Rasmussen", "Amaya Lockhart", "Boris Ellery",
    "Clementine Okafor", "Jasper Nyqvist", "Viola Tremaine", "Emeka Sorensen", "Harriet Zeller", "Ivo Lamont", "Nell Fairweather", "Orson Abiodun",
    "Signe Halvorsen", "Marcus Elderfield", "Tilda Varnham", "Rafael Quint", "Juno Castleden", "Alaric Stone", "Maeve Tolland", "Zubin Harcourt",
];

pub(super) const WRITERS: [&str; 16] = [
    "Agnes Thornbury",
    "Felix Okoro",
    "Mina Sattler",
    "Conrad Vale",
    "Ottoline Price",
    "Samir Lefevre",
    "Ruth Ackland",
    "Dario Penn",
    "Hester Bloom",
    "Wim Janssen-Roy",
    "Talia Grove",
    "Lennart Fisk",
    "Paloma Reed",
    "Gwendolyn Shaw",
    "Abel Torrance",
    "Nils Haverford",
];

/// What an episode may be about; two of them make a summary.
#[rustfmt::skip]
pub(super) const HAPPENINGS: [&str; 32] = [
    "An old promise comes due at the worst possible time.", "Someone arrives who was not expected until spring.", "A small lie needs a larger one.",
    "The weather turns, and so does a friendship.", "A letter is found behind the wall.", "Everyone agrees on the plan except the one who has to carry it out.",
    "A door that was always locked stands open.", "The power goes out, and people begin to talk.", "An apology is offered to the wrong person.",
    "What looked like an accident looks less like one.", "The past sends an invoice.", "A wedding, a funeral and one suit.",
    "The only witness changes the story.", "A rival offers help, and means it.", "Nobody remembers who invited the stranger.",
    "A secret is kept for one hour too long.", "The vote is closer than anyone hoped.", "A favour turns out to have a price.",
    "The search begins again, from the other end.", "A child asks the question that nobody else would.", "An heirloom is broken, and something falls out.",
    "The new arrival knows more than she says.", "They have until morning.", "The list has one name more than it should.",
    "An evening in two rooms.", "Somebody leaves, and somebody stays behind to explain.", "A mistake from the first day finally matters.",
    "Two people tell the same story, and both are right.", "The roof leaks in exactly the wrong place.", "It was never about the money.",
    "The last boat has gone.", "A quiet day, until four o'clock.",
];

pub(super) const ALBUMS: [&str; 8] = [
    "Summer at the lake",
    "Grandma's 70th birthday",
    "Garden through the year",
    "Skiing",
    "First day of school",
    "Lisbon",
    "The new kitchen",
    "Autumn walks",
];
