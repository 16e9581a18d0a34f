//! Tasks for developers: regenerate what is generated.
fn main() {}
