//! Owns how a crowd behaves: what it likes, what it does how often, at what pace.

use std::time::Duration;

use crate::dice::Dice;
use crate::playback::Preset;
use crate::world::ItemKind;

/// What someone has come for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Taste {
    Movies,
    /// One episode after another.
    Episodes,
    Music,
    Live,
    Clips,
    Photos,
}

impl Taste {
    pub(super) const ALL: [Self; 6] =
        [Self::Movies, Self::Episodes, Self::Music, Self::Live, Self::Clips, Self::Photos];

    /// The kind of the things that hold what is played, and the kind of what is played.
    pub(super) fn kinds(self) -> Option<(ItemKind, ItemKind)> {
        Some(match self {
            Self::Movies => (ItemKind::Movie, ItemKind::Movie),
            Self::Episodes => (ItemKind::Show, ItemKind::Episode),
            Self::Music => (ItemKind::Album, ItemKind::Track),
            Self::Clips => (ItemKind::Clip, ItemKind::Clip),
            Self::Photos => (ItemKind::PhotoAlbum, ItemKind::Photo),
            Self::Live => return None,
        })
    }

    /// Deliveries that a player of this taste uses, the usual ones more than once.
    pub(super) fn deliveries(self, is_local: bool) -> &'static [Preset] {
        use Preset::{Audio, Burn, DirectPlay, DirectStream, Hw, HwPartial, Music, Transcode};
        match (self, is_local) {
            (Self::Movies | Self::Episodes, true) => {
                &[DirectPlay, DirectPlay, DirectPlay, DirectPlay, DirectStream, Audio, Transcode]
            }
            (Self::Movies | Self::Episodes, false) => {
                &[Transcode, Hw, Hw, HwPartial, Burn, Audio, DirectStream, DirectPlay, DirectPlay, DirectPlay]
            }
            (Self::Music, true) => &[DirectPlay],
            (Self::Music, false) => &[DirectPlay, Music],
            (Self::Live, _) => &[DirectStream, Transcode, Hw],
            (Self::Clips | Self::Photos, _) => &[DirectPlay],
        }
    }
}

/// What people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deed {
    Come,
    /// Someone comes back to something not finished, where it was left.
    Again,
    Pause,
    Resume,
    Seek,
    /// The next of its kind, usually in the same session.
    Next,
    /// Another delivery.
    Change,
    /// A moment of buffering; playing on is the next thing that happens.
    Buffer,
    Go,
    /// Goes without a word.
    Vanish,
}

/// How a crowd behaves.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Below this people come, whatever else.
    pub least: usize,
    /// Above this people go, whatever else.
    pub most: usize,
    /// The mean time between two things that happen.
    pub pause: Duration,
    /// With weights.
    pub tastes: Vec<(Taste, u32)>,
    /// With weights.
    pub deeds: Vec<(Deed, u32)>,
    /// How likely someone begins in the middle.
    pub midway: f64,
    /// Seconds after which a person may play the same item again, so that plays can be told apart by time.
    pub apart: Option<f64>,
    /// Whether nobody uses one player for two things at once.
    pub one_for_each_player: bool,
}

impl Habits {
    /// About a dozen streams of a family and its friends.
    #[must_use]
    pub fn household() -> Self {
        Self {
            least: 8,
            most: 14,
            pause: Duration::from_secs(4),
            tastes: vec![
                (Taste::Movies, 9),
                (Taste::Episodes, 9),
                (Taste::Music, 5),
                (Taste::Live, 2),
                (Taste::Photos, 1),
            ],
            deeds: vec![
                (Deed::Come, 8),
                (Deed::Again, 2),
                (Deed::Pause, 9),
                (Deed::Resume, 18),
                (Deed::Seek, 6),
                (Deed::Next, 6),
                (Deed::Change, 5),
                (Deed::Buffer, 6),
                (Deed::Go, 7),
            ],
            midway: 0.4,
            apart: None,
            one_for_each_player: true,
        }
    }

    /// People who make it as hard as they can for an observer, though never so that the truth could not be told.
    #[must_use]
    pub fn restless(streams: usize) -> Self {
        Self {
            least: streams / 2,
            most: streams,
            pause: Duration::from_millis(200),
            tastes: vec![
                (Taste::Movies, 10),
                (Taste::Episodes, 10),
                (Taste::Music, 6),
                (Taste::Live, 2),
                (Taste::Clips, 1),
                (Taste::Photos, 1),
            ],
            deeds: vec![
                (Deed::Come, 10),
                (Deed::Again, 3),
                (Deed::Pause, 4),
                (Deed::Resume, 8),
                (Deed::Seek, 4),
                (Deed::Next, 5),
                (Deed::Change, 3),
                (Deed::Buffer, 3),
                (Deed::Go, 6),
                (Deed::Vanish, 2),
            ],
            midway: 0.5,
            apart: Some(60.0),
            one_for_each_player: false,
        }
    }

    pub(super) fn choose(&self, dice: &mut Dice) -> Deed {
        weighted(&self.deeds, dice).unwrap_or(Deed::Come)
    }

    pub(super) fn taste(&self, dice: &mut Dice) -> Taste {
        weighted(&self.tastes, dice).unwrap_or(Taste::Movies)
    }
}

fn weighted<T: Copy>(of: &[(T, u32)], dice: &mut Dice) -> Option<T> {
    let total: i64 = of.iter().map(|(_, weight)| i64::from(*weight)).sum();
    let mut left = dice.between(1, total.max(1));
    of.iter()
        .find(|(_, weight)| {
            left -= i64::from(*weight);
            left <= 0
        })
        .map(|(what, _)| *what)
}
