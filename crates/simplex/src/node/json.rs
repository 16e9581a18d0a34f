//! Owns the JSON form of a tree: which names are numbers, flags, single objects.

use serde_json::{Map, Value};

use super::Node;

const SINGLE: [&str; 10] = [
    "User",
    "Player",
    "Session",
    "TranscodeSession",
    "Activity",
    "Context",
    "MyPlex",
    "Meta",
    "Attributes",
    "Extras",
];
const ITEMS: [&str; 5] = ["Video", "Directory", "Track", "Photo", "Playlist"];
const STRING_IDS: [&str; 4] = ["User", "Session", "Guid", "Setting"];
const FLAGS: &str = " allowSync allowCameraUpload allowChannelAccess allowMediaDeletion allowSharing allowTuners \
    backgroundProcessing certificate companionProxy eventStream hubSearch itemClusters mediaProviders multiuser \
    myPlex myPlexSubscription offlineTranscode photoAutoTag pluginHost pushNotifications readOnlyLibraries \
    requestParametersInCookie sync transcoderAudio transcoderLyrics transcoderPhoto transcoderSubtitles \
    transcoderVideo updater voiceSearch claimed filters refreshing content directory smart more promoted final \
    default selected forced hearingImpaired has64bitOffsets optimizedForStreaming local relayed secure throttled \
    complete error transcodeHwRequested transcodeHwFullPipeline hasScalingMatrix DOVIBLPresent DOVIELPresent \
    DOVIPresent DOVIRPUPresent advanced canInstall cancellable embeddedInVideo closedCaptions skipChildren \
    skipParent timed hasThumbnail nocache sortAsc mixedParents autoSelectAudio ";
const NUMBERS: &str = " size totalSize offset index parentIndex year parentYear grandparentYear duration addedAt \
    updatedAt viewCount viewOffset lastViewedAt leafCount viewedLeafCount childCount bitrate width height \
    audioChannels channels bitDepth codedHeight codedWidth streamType startTimeOffset endTimeOffset createdAt \
    scannedAt contentChangedAt librarySectionID extraType refFrames level samplingRate bandwidth userID proxyType \
    minYear maxYear hidden remaining livetv streamingBrainVersion streamingBrainABRVersion \
    transcoderActiveVideoSessions mediaTagVersion viewMode DOVILevel DOVIProfile DOVIBLCompatID beginsAt endsAt \
    checkedAt status lastSeenAt timespan at playQueueItemID playlistItemID skipCount score ";
const FLOATS: &str = " rating audienceRating userRating aspectRatio frameRate progress speed timeStamp \
    maxOffsetAvailable minOffsetAvailable hostCpuUtilization processCpuUtilization hostMemoryUtilization \
    processMemoryUtilization ";

fn listed(list: &str, name: &str) -> bool {
    list.split(' ').any(|entry| entry == name)
}

impl Node {
    /// The JSON document, under the name of the root element.
    #[must_use]
    pub fn json(&self) -> String {
        let mut root = Map::new();
        root.insert(self.tag.to_owned(), Value::Object(self.plain()));
        Value::Object(root).to_string()
    }

    fn plain(&self) -> Map<String, Value> {
        let mut out: Map<String, Value> =
            self.attrs.iter().map(|(name, value)| (name.clone(), self.typed(name, value))).collect();
        for child in &self.children {
            let item = ITEMS.contains(&child.tag) && child.get("ratingKey").is_some();
            let name = if item { "Metadata" } else { child.tag };
            // in /transcode/sessions it is a list, in an item it is one
            let several = name == "TranscodeSession" && self.tag == "MediaContainer";
            if SINGLE.contains(&name) && !several {
                out.insert(name.to_owned(), Value::Object(child.plain()));
                continue;
            }
            let slot = out.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            match slot {
                Value::Array(list) => list.push(Value::Object(child.plain())),
                // an attribute of that name is replaced by the children
                other => *other = Value::Array(vec![Value::Object(child.plain())]),
            }
        }
        out
    }

    fn typed(&self, name: &str, value: &str) -> Value {
        let text = || Value::String(value.to_owned());
        let number = || value.parse::<i64>().map_or_else(|_| text(), Value::from);
        if name == "id" {
            return if STRING_IDS.contains(&self.tag) { text() } else { number() };
        }
        if listed(NUMBERS, name) {
            let in_session = self.tag != "MediaContainer" && self.get("sessionKey").is_some();
            return if name == "librarySectionID" && in_session { text() } else { number() };
        }
        if listed(FLOATS, name) {
            return value.parse::<f64>().map_or_else(|_| text(), Value::from);
        }
        match value {
            "0" | "1" if listed(FLAGS, name) => Value::Bool(value == "1"),
            _ => text(),
        }
    }
}
