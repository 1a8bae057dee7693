//! Bayeux.
