//! barge-in
