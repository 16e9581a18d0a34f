//! Short spellings of rows.

/// A command of its own file: name, text, parameters with their texts, documents.
macro_rules! keyed {
    ($name:ident, $about:literal, [$(($param:literal, $text:literal)),* $(,)?], [$($document:expr),* $(,)?]) => {
        Row {
            name: stringify!($name),
            about: $about,
            params: &[$(Param { name: $param, about: $text }),*],
            documents: &[$($document),*],
            work: Work::Keyed(|call| Box::pin(commands::$name::run(call))),
        }
    };
}

/// A command of a feature that is not there: a reading one answers with this, a writing one with a refusal.
macro_rules! absent {
    ($name:ident, $about:literal, [$(($param:literal, $text:literal)),* $(,)?], $work:expr) => {
        Row {
            name: stringify!($name),
            about: $about,
            params: &[$(Param { name: $param, about: $text }),*],
            documents: &[],
            work: Work::Keyed(|call| Box::pin(std::future::ready($work(call)))),
        }
    };
}
