//! Owns the music of the household: invented artists, their albums, and what songs are called.

/// Name, genre, then albums with year.
pub(super) type Artist = (&'static str, &'static str, &'static [(&'static str, i64)]);

#[rustfmt::skip]
pub(super) const ARTISTS: [Artist; 30] = [
    ("The Paper Astronomers", "Indie Rock", &[("Maps of the Ceiling", 2014), ("Weather for Two", 2018), ("Slow Satellites", 2023)]),
    ("Odessa Vane", "Singer-Songwriter", &[("Kitchen Windows", 2016), ("The Long Way Down", 2021)]),
    ("Halcyon Freight", "Electronic", &[("Loading Bay", 2012), ("Night Shift", 2017)]),
    ("Marlow & the Tides", "Folk", &[("Saltbox", 2011), ("Harbour Songs", 2019)]),
    ("Koji Ferrante Quartet", "Jazz", &[("Blue Staircase", 1998), ("After the Rain Check", 2007)]),
    ("Velour Republic", "Pop", &[("Sweet Machinery", 2020), ("Glitter Economy", 2024)]),
    ("Static Monks", "Post-Rock", &[("Nine Silences", 2009), ("Cathedral of Wires", 2015)]),
    ("Junia Blackwood", "Soul", &[("Honey and Gravel", 2013), ("Second Sunday", 2022)]),
    ("The Understudy Choir", "Choral", &[("Evensong for Machines", 2018)]),
    ("Lowland Brass", "Brass", &[("Parade Weather", 2010), ("Muddy Boots", 2016)]),
    ("Ember & Oak", "Country", &[("Dirt Road Hymnal", 2008), ("Fence Lines", 2017)]),
    ("Neon Saint", "Synthwave", &[("Midnight Arcade", 2016), ("Chrome Horizon", 2019)]),
    ("Tess Armitage", "Classical", &[("Nocturnes for Small Rooms", 2015), ("Five Seasons", 2020)]),
    ("Copperline", "Rock", &[("Third Rail", 1996), ("Voltage Drop", 2002), ("Ground Wire", 2011)]),
    ("DJ Marzipan", "House", &[("Sugar Ceiling", 2018), ("Glaze", 2022)]),
    ("The Quiet Parade", "Dream Pop", &[("Confetti in Slow Motion", 2014), ("Hush Money", 2021)]),
    ("Abel Nakamoto-Reyes", "Guitar", &[("Six Strings, One Room", 2012)]),
    ("Foxglove Engine", "Progressive Rock", &[("The Clockwork Meadow", 1977), ("Perpetual", 1981)]),
    ("Sister Meridian", "Gospel", &[("Rise Before Noon", 2005)]),
    ("Rust & Ribbon", "Bluegrass", &[("Porch Light", 2013), ("Creek Arithmetic", 2020)]),
    ("Ultraviolet Post", "Drum and Bass", &[("Letters at 174", 2011)]),
    ("Carmine Dial", "Hip-Hop", &[("Area Code", 2015), ("Call Waiting", 2019), ("Hold Music", 2024)]),
    ("The Salt Flats", "Surf Rock", &[("Mirage Beach", 2017)]),
    ("Ingrid Solheim Trio", "Jazz", &[("Fjordlight", 2009), ("Winter Standards", 2014)]),
    ("Pocket Symphony Club", "Chamber Pop", &[("Overture for Bicycles", 2016), ("The Tiny Orchestra", 2023)]),
    ("Bassline Bakery", "Funk", &[("Rise and Prove", 2018)]),
    ("Hollow Saints", "Metal", &[("Iron Vespers", 2010), ("Ashen Liturgy", 2018)]),
    ("Lumen Park", "Ambient", &[("Rooms Without Clocks", 2013), ("Tidal Memory", 2019)]),
    ("The Bumblebee Bunch", "Children's", &[("Songs for Rainy Boots", 2017), ("Count the Ducks", 2021)]),
    ("Mateo Villanueva", "Latin", &[("Calle de la Luna", 2014), ("Verano Largo", 2022)]),
];

#[rustfmt::skip]
pub(super) const SONGS: [&str; 150] = [
    "First Light", "Paper Boats", "The Long Corridor", "Sleepwalker's Waltz", "Copper Rain", "Your Half of the Bed", "Tin Roof", "Northbound",
    "A Letter I Kept", "Ghost Notes", "Seventeen Bridges", "Small Talk", "Winter Coat", "Halfway Home", "Undertow", "Static and Honey",
    "The Night Bus", "Borrowed Sugar", "Motel Swimming Pool", "Quarter Past", "Easy to Lose", "Satellite Town", "Kerosene", "Lemon Tree Lane",
    "Wide Awake", "Soft Machinery", "The Ceiling Fan Song", "Ballad of the Ferryman", "Every Other Sunday", "Slow Dissolve", "Rooftops", "Marigold",
    "Dust on the Dial", "Lighthouse Keeper", "Two Cups", "All the Clocks", "Parking Lot Hymn", "Blue Hour", "Hold the Line", "Pine",
    "Cardboard Crown", "Over the Fence", "Please Stand Clear", "Low Tide", "High Water", "Swallow", "Interlude", "Reprise",
    "October, Again", "The Wrong Umbrella", "Telegraph Hill Blues", "Matchbox", "Sunday Driver", "Glass Elevator", "Unsent", "Postcards",
    "Swimming Lessons", "Red Balloon", "The Cartographer", "Lost and Found", "Breadcrumbs", "Seven Steps", "Tangerine", "Window Seat",
    "Fever Dream", "Echo Park Bench", "Second Hand", "Train Song", "Empty Orchestra", "Old Money", "Sugar Glass", "Weathervane",
    "Candlepin", "The Far Field", "Driftwood", "Carousel", "Nobody's Birthday", "Falling Upwards", "Switchboard", "Vanilla Thunder",
    "Honest Mistake", "Stairwell", "Midnight Laundry", "Goodbye, Mr. Moon", "Open Plan", "Little Fires", "Cinnamon", "Ten Thousand Windows",
    "Shoreline", "Velvet Rope", "Comet", "Come Back Tuesday", "The Garden Gate", "Ribbon", "Feathers", "Long Division",
    "Hurricane Season", "Moss", "Fireflies in Jars", "A Room in June", "Kite String", "Wishing Well", "Homesick", "Silver Lining",
    "Bittersweet", "Last Orders", "Good Company", "Stone Fruit", "Crossfade", "Gravity", "Early Train", "Evergreen",
    "Turnstile", "Wallflower", "Backseat Stars", "Heirloom", "Monday's Child", "Roundabout Way", "Sparrow", "Telescope",
    "Afterglow", "Bonfire", "Chalk Lines", "Detour", "Everything But", "Fog Signal", "Great Plains", "Half Moon Street",
    "Ice House", "Jukebox Prayer", "Keepsake", "Ladder to the Roof", "Milk and Matches", "New Shoes", "Orchard", "Passenger",
    "Quiet Car", "Rain Check", "Semaphore", "Thaw", "Umbra", "Vinyl", "Waltz for the Neighbours", "Yesterday's Paper",
    "Zero Hour", "Anchor", "Brushfire", "Clementine's Gone", "Daybreak", "Encore",
];
