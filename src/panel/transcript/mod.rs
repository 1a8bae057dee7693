//! The transcript: see the component.
