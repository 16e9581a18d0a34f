//! Graphs: columns and lines, every line with a value for every column.

use super::User;
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::input::Bucket;
use crate::graphql::leaves::{Leaf, Leaves};
use crate::graphql::scalar::{Long, Longs};
use async_graphql::{Context, Enum, Object, Result, ScalarType, SimpleObject, Value};
use chrono::NaiveDate;
use tautulli_domain::graphs::{self, Axis, Category, GraphQuestion, Split};

/// Columns when nobody says how many.
const TOP: i32 = 10;

/// All graphs of one question; only those that are asked for are counted.
pub(crate) struct Graphs(pub(crate) GraphQuestion);

impl Graphs {
    async fn graph(&self, ctx: &Context<'_>, axis: Axis, split: Split, top: i32) -> Result<Graph> {
        Ok(Graph(ctx.services()?.graphs.graph(&self.0, axis, split, top.into()).await.gql()?))
    }
}

/// All graphs of one question; only those that are asked for are counted. Values are plays, or milliseconds where the
/// measure is time.
#[Object]
impl Graphs {
    /// Plays by time; lines are shows, movies, music and live TV.
    async fn plays(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How time is cut up.")] bucket: Bucket,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::Time(bucket.into()), Split::Media, TOP).await
    }

    /// Plays by time; lines are direct play, direct stream and transcode.
    async fn stream_types(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How time is cut up.")] bucket: Bucket,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::Time(bucket.into()), Split::StreamType, TOP).await
    }

    /// The most streams at once on each day, whatever the measure; lines are direct play, direct stream, transcode and all.
    /// A stream across midnight is on both days.
    async fn concurrency(&self, ctx: &Context<'_>) -> Result<Graph> {
        Ok(Graph(ctx.services()?.graphs.concurrency(&self.0).await.gql()?))
    }

    /// The most bandwidth that streams had reserved at once on each day, in kbit/s, whatever the measure; lines are the local network,
    /// elsewhere and all. Of at most 400 days.
    async fn bandwidth(&self, ctx: &Context<'_>) -> Result<Graph> {
        Ok(Graph(ctx.services()?.graphs.bandwidth(&self.0).await.gql()?))
    }

    /// From how many different addresses plays began, whatever the measure; lines are the local network, elsewhere and all. By day, week
    /// or month; of at most 400 days, where no users are chosen.
    async fn addresses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How time is cut up.")] bucket: Bucket,
    ) -> Result<Graph> {
        Ok(Graph(ctx.services()?.graphs.addresses(&self.0, bucket.into()).await.gql()?))
    }

    /// The platforms with most plays, by kind of media.
    async fn platforms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default = 10)] top: i32,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::Platforms, Split::Media, top).await
    }

    /// The users with most plays, by kind of media.
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default = 10)] top: i32,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::Users, Split::Media, top).await
    }

    /// The platforms with most plays, by how they were delivered.
    async fn platform_stream_types(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default = 10)] top: i32,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::Platforms, Split::StreamType, top).await
    }

    /// The users with most plays, by how they were delivered.
    async fn user_stream_types(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default = 10)] top: i32,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::Users, Split::StreamType, top).await
    }

    /// Movies and episodes by the resolution of the file, by how they were delivered.
    async fn source_resolutions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default = 10)] top: i32,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::SourceResolution, Split::StreamType, top).await
    }

    /// Movies and episodes by the resolution that was delivered, by how they were.
    async fn stream_resolutions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default = 10)] top: i32,
    ) -> Result<Graph> {
        self.graph(ctx, Axis::StreamResolution, Split::StreamType, top).await
    }
}

/// A graph.
pub(crate) struct Graph(graphs::Graph);

/// A graph. Every line has a value for every column, zero where nothing was.
#[Object]
impl Graph {
    /// The columns, in their order.
    async fn categories(&self) -> Leaves<GraphCategory> {
        let totals = self.0.totals.iter().copied().map(Some).chain(std::iter::repeat(None));
        let column = |(category, total): (&Category, _)| GraphCategory { category: category.clone(), total };
        Leaves(self.0.categories.iter().zip(totals).map(column).collect())
    }

    /// The lines, in a fixed order.
    async fn series(&self) -> Vec<GraphSeries> {
        let line = |series: &graphs::Series| GraphSeries {
            kind: series.kind.into(),
            values: Longs(series.values.clone()),
        };
        self.0.series.iter().map(line).collect()
    }
}

/// A line of a graph.
#[derive(SimpleObject)]
#[graphql(serial)]
struct GraphSeries {
    /// What it counts.
    kind: GraphSeriesKind,
    /// A value for each column: plays, milliseconds, streams, kbit/s, or addresses.
    values: Longs,
}

/// What a line of a graph counts.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graphs::SeriesKind")]
enum GraphSeriesKind {
    Shows,
    Movies,
    Music,
    Live,
    DirectPlay,
    DirectStream,
    Transcode,
    Local,
    Remote,
    Total,
}

/// A column of a graph.
struct GraphCategory {
    category: Category,
    total: Option<i64>,
}

impl GraphCategory {
    fn text(&self) -> String {
        match &self.category {
            Category::Date(day) => day.to_string(),
            Category::Hour(number) | Category::Weekday(number) => number.to_string(),
            Category::User(id) => id.to_string(),
            Category::Word(word) => word.clone(),
        }
    }

    fn day(&self) -> Option<NaiveDate> {
        match &self.category {
            Category::Date(day) => Some(*day),
            _ => None,
        }
    }
}

impl Leaf for GraphCategory {
    fn leaf(&self, field: &str) -> Option<Value> {
        match field {
            "label" => Some(self.text().into()),
            "date" => Some(self.day().map(|day| day.to_value()).into()),
            "total" => Some(self.total.into()),
            "__typename" => Some("GraphCategory".into()),
            _ => None,
        }
    }
}

/// A column of a graph. What it is depends on the graph; the rest is absent.
#[Object(serial)]
impl GraphCategory {
    /// The column as text: a day (YYYY-MM-DD), an hour (0 to 23), a day of the week (1 is Monday), a platform, a
    /// resolution, or the number of a user's row.
    async fn label(&self) -> String {
        self.text()
    }

    /// The first day of a day, week or month.
    async fn date(&self) -> Option<NaiveDate> {
        self.day()
    }

    /// What it has by which columns are ranked, in the measure of the values. As it was recorded, that is more than the lines tell: photos and clips
    /// have none.
    async fn total(&self) -> Option<Long> {
        self.total.map(Long)
    }

    /// The user.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let Category::User(id) = &self.category else { return Ok(None) };
        Ok(ctx.loaders()?.user(*id).await.gql()?.map(User))
    }
}
