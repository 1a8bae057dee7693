//! GWS.
