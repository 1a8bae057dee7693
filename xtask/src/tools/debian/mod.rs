//! Debian's packages, for machines on which no other source is available.

pub mod apt;
pub mod rust;
