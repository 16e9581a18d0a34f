//! HTTP around the schema: who asks, the transports, health, and the stack of layers. Knows no use case.

mod credentials;
pub mod graphql;
mod health;
mod image;
mod router;
mod ui;
mod upload;

pub use credentials::{Credentials, Gate};
pub use health::Readiness;
pub use image::routes as images;
pub use router::{Site, router};
pub use upload::routes as uploads;
