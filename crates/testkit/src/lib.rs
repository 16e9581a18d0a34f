//! What tests share: a database per test, a clock that tests move.
