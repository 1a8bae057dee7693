//! Debian's packages, for machines on which nothing else can be had.

pub mod apt;
pub mod rust;
