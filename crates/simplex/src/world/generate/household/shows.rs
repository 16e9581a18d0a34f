//! Owns the shows of the household, and what their episodes are called. Invented, every one of them.

/// Title, first year, genre, content rating, network, minutes, episodes of each season, summary.
pub(super) type Show =
    (&'static str, i64, &'static str, &'static str, &'static str, i64, &'static [i64], &'static str);

#[rustfmt::skip]
pub(super) const SHOWS: [Show; 30] = [
    ("The Estuary", 2019, "Crime", "TV-MA", "Channel Nine", 52, &[8, 8, 8, 8], "A detective returns to the tidal town she left, where every case washes up twice."),
    ("Ministry of Minor Affairs", 2016, "Comedy", "TV-14", "Greyfriars", 28, &[6, 8, 8, 8, 6], "The smallest department of government, and the largest ambitions in it."),
    ("Relay", 2021, "Science Fiction", "TV-14", "Parallel", 48, &[10, 10, 10], "A message takes nine years to arrive. The reply has to be written now."),
    ("House of Ninety Doors", 2018, "Fantasy", "TV-14", "Parallel", 55, &[8, 10, 10, 8], "An heiress inherits a house that is larger each morning."),
    ("Kitchen Confessional", 2014, "Comedy", "TV-14", "Marmalade", 24, &[10, 12, 12, 12, 10, 10], "Six cooks, one stove, no secrets."),
    ("The Assessors", 2020, "Drama", "TV-MA", "Channel Nine", 50, &[8, 8, 8], "Insurance assessors in a city that keeps burning down."),
    ("Night Ferry", 2017, "Mystery", "TV-14", "Fjordvision", 45, &[8, 8, 10], "One crossing a night, one passenger too many."),
    ("Small Claims", 2013, "Comedy", "TV-PG", "Marmalade", 22, &[13, 13, 14, 14, 12], "A court for very small disputes and very large egos."),
    ("The Last Observatory", 2022, "Science Fiction", "TV-PG", "Parallel", 47, &[8, 8], "The night sky goes missing, one constellation at a time."),
    ("Harrow & Daughters", 2015, "Drama", "TV-14", "Greyfriars", 54, &[8, 8, 8, 6], "Three generations of undertakers, and the one who wants to leave."),
    ("Deep Field", 2018, "Documentary", "TV-PG", "Open Lens", 50, &[6, 6, 6], "Astronomers explain one photograph an hour."),
    ("Bread Line", 2019, "Reality", "TV-PG", "Marmalade", 42, &[10, 10, 10, 10], "Amateur bakers, a village hall and a very strict clock."),
    ("Redwater", 2012, "Western", "TV-MA", "Channel Nine", 53, &[10, 10, 10, 8], "A dam, a drought, and a sheriff who owns neither."),
    ("The Interpreters", 2021, "Thriller", "TV-14", "Fjordvision", 46, &[8, 8, 8], "They hear every word of the negotiations, and may repeat only some."),
    ("Lost Property", 2020, "Comedy", "TV-PG", "Greyfriars", 26, &[8, 8, 8], "The office that keeps what a city forgets."),
    ("Cold Storage", 2016, "Crime", "TV-MA", "Fjordvision", 44, &[10, 10, 8], "Old evidence, new methods, the same three suspects."),
    ("Garden of Machines", 2023, "Science Fiction", "TV-14", "Parallel", 51, &[8, 8], "Robots run a garden centre. Then they begin to breed roses."),
    ("The Long Table", 2017, "Drama", "TV-14", "Channel Nine", 49, &[8, 10, 10], "One family, one dinner an episode, thirty years."),
    ("Wild Edges", 2015, "Documentary", "TV-G", "Open Lens", 52, &[6, 6, 6, 6], "What lives where the map runs out."),
    ("Second Violin", 2022, "Drama", "TV-14", "Greyfriars", 43, &[8, 8], "An orchestra on tour, told by whoever is not playing."),
    ("The Counterfeit Club", 2019, "Crime", "TV-14", "Parallel", 45, &[10, 10, 10], "Forgers who only copy what was stolen."),
    ("Mad About Moss", 2021, "Documentary", "TV-G", "Open Lens", 30, &[8, 8], "A very patient gardening programme."),
    ("Late Shift", 2011, "Comedy", "TV-14", "Marmalade", 22, &[16, 16, 18, 18, 16, 12], "A petrol station between midnight and six."),
    ("Hollow Kings", 2018, "Fantasy", "TV-MA", "Parallel", 57, &[10, 10, 8, 8], "Seven crowns, six heads."),
    ("Paper Trail", 2023, "Mystery", "TV-14", "Channel Nine", 44, &[8, 8], "A librarian solves crimes by what was borrowed."),
    ("The Ward", 2010, "Drama", "TV-14", "Channel Nine", 43, &[14, 14, 16, 16], "A hospital on an island with one doctor too few."),
    ("Signal & Noise", 2020, "Thriller", "TV-MA", "Fjordvision", 50, &[8, 8, 8], "A podcast about a murder is right a little too often."),
    ("Uncommon Ground", 2019, "Reality", "TV-G", "Open Lens", 45, &[8, 8, 8], "Strangers restore a ruin together and argue about the roof."),
    ("Apartment Nine", 2014, "Horror", "TV-MA", "Parallel", 41, &[10, 8, 8], "It is always for rent."),
    ("The Morning Briefing", 2022, "Comedy", "TV-14", "Greyfriars", 29, &[8, 8, 8], "A breakfast programme held together by one producer and tape."),
];

/// Those of the children.
#[rustfmt::skip]
pub(super) const KIDS: [Show; 12] = [
    ("Captain Turnip", 2018, "Animation", "TV-Y", "Puddle", 11, &[20, 20, 20], "A vegetable with a boat."),
    ("The Wobblies", 2016, "Animation", "TV-Y", "Puddle", 9, &[24, 24, 20], "Seven round creatures who cannot stand still."),
    ("Otter & Owl", 2020, "Animation", "TV-Y", "Puddle", 12, &[18, 18, 16], "One sleeps by day, one by night, and they share a house."),
    ("Dino Post", 2019, "Animation", "TV-Y7", "Skylark", 22, &[13, 13, 13], "Letters delivered by brachiosaur, usually on time."),
    ("Milo Makes Things", 2021, "Family", "TV-Y", "Skylark", 14, &[16, 16], "A boy, a shed and a lot of cardboard."),
    ("Planet Pip", 2017, "Animation", "TV-Y7", "Skylark", 22, &[13, 13, 13, 10], "The smallest planet has the biggest school."),
    ("The Secret Stairs", 2022, "Fantasy", "TV-Y7", "Skylark", 26, &[10, 10], "Behind the library there is a library."),
    ("Tractor Tilda", 2015, "Animation", "TV-Y", "Puddle", 8, &[26, 26, 26], "A red tractor who helps everyone and gets stuck anyway."),
    ("Number Nest", 2020, "Family", "TV-Y", "Puddle", 10, &[20, 20], "Birds who count, and one who cannot stop."),
    ("Mission: Marble", 2021, "Family", "TV-Y7", "Skylark", 24, &[10, 10], "Marble runs the size of buildings."),
    ("Bug Hotel", 2018, "Animation", "TV-Y", "Puddle", 11, &[18, 18], "Every guest has at least six shoes."),
    ("Lulu and the Lighthouse", 2019, "Animation", "TV-Y", "Puddle", 12, &[16, 16, 12], "The light is afraid of the dark."),
];

#[rustfmt::skip]
pub(super) const EPISODES: [&str; 144] = [
    "Low Water", "The Visitor", "Old Friends", "A Matter of Record", "The Wrong House", "Salt", "Thin Ice", "What Was Said",
    "The Second Letter", "Home Again", "An Empty Chair", "Dead Weight", "The Lodger", "Terms and Conditions", "North Wind", "Nobody's Fault",
    "The Understudy", "A Good Turn", "Loose Ends", "The Long Weekend", "Blackout", "Rehearsal", "The Price of Eggs", "Second Opinion",
    "The Fog", "Room Nine", "A Clean Break", "Inventory", "The Arrangement", "Small Print", "Lightning Rod", "After Hours",
    "The Key", "Sleeping Dogs", "Cold Call", "Borrowed Time", "The Witness", "House Rules", "Undertow", "The Favour",
    "Crossed Wires", "The Guest List", "Half Light", "A Fair Exchange", "Closing Time", "The Island", "Bad Weather", "First Impressions",
    "The Audit", "Lost in Post", "Firewood", "Sharp Practice", "The Rota", "Open Doors", "A Quiet Word", "The Anniversary",
    "Stalemate", "The Bridge", "Hard Shoulder", "The Gift", "Overtime", "Plain Sight", "The Reunion", "Ashes",
    "The Contract", "Safe Hands", "Left Luggage", "The Sermon", "High Tide", "Broken Glass", "The Neighbours", "One More Thing",
    "The Vote", "Bloodlines", "A Long Way Down", "The Photograph", "Night Work", "The Hearing", "Paper Walls", "Return to Sender",
    "The Storm", "Good Neighbours", "A Change of Heart", "The Cellar", "Dry Season", "Evidence", "The Wedding", "Nothing Personal",
    "The Handover", "Free Fall", "In Confidence", "The Collector", "A Place at the Table", "Last Orders", "The Tunnel", "Silent Partner",
    "The Choir", "White Noise", "A Bird in the Hand", "The Climb", "Unfinished Business", "The Mirror", "Due Process", "Saturday",
    "The Rescue", "Fault Lines", "A Simple Plan", "The Inheritance", "Standing Room", "The Apology", "Deep Water", "Trial and Error",
    "The Passenger", "Static", "A Warm Welcome", "The Archive", "Still Life", "The Crossing", "Best Before", "Out of Season",
    "The Debt", "Family Meeting", "A Narrow Street", "The Bell", "Winter Hours", "The Interview", "Close to Home", "New Management",
    "The Experiment", "Counting Down", "A Second Chance", "The Orchard", "Missing Pieces", "The Toast", "Dark Horse", "Sleepless",
    "The Exit", "Common Ground", "A Stranger Calls", "The Harvest", "Turning Point", "The Confession", "Full Circle", "Goodbyes",
];

#[rustfmt::skip]
pub(super) const KIDS_EPISODES: [&str; 48] = [
    "The Big Puddle", "Lost Mitten", "The Wobbly Tooth", "A Very Loud Parade", "The Missing Biscuit", "Snow Day", "The Kite", "Bath Time",
    "A New Friend", "The Broken Bridge", "Hide and Seek", "The Giant Pumpkin", "Too Many Ducks", "The Talent Show", "Stuck in the Mud", "The Night Light",
    "The Birthday Surprise", "Windy Day", "The Lemonade Stand", "A Trip to the Moon", "The Sleepover", "The Slow Race", "Wrong Shoes", "The Noisy Box",
    "Rainbow Soup", "The Treehouse", "Hiccups", "The Lost Letter", "The Great Wash", "Picnic Trouble", "The Sneeze", "A Hat for Everyone",
    "The Sandcastle", "Upside Down Day", "The Secret Door", "The Robot Helper", "Shadow Play", "The Longest Worm", "The Band", "Pancakes",
    "The Fog Horn", "A Map of the Garden", "Bubbles", "The Old Boat", "Star Counting", "The Shy Snail", "Market Day", "Goodnight, Everyone",
];
