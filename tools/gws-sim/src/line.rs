//! One accepted connection, and how it is cut.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Waker};

/// A connection as the request handlers see it.
#[derive(Debug)]
pub struct Line {
    /// Its number for the machine.
    pub number: gws_world::Line,
    peer: SocketAddr,
    local: Option<IpAddr>,
    cut: AtomicBool,
    wakers: Mutex<[Option<Waker>; 2]>,
}

impl Line {
    /// A connection that is open.
    pub fn new(number: gws_world::Line, peer: SocketAddr, local: Option<IpAddr>) -> Line {
        Line {
            number,
            peer,
            local,
            cut: AtomicBool::new(false),
            wakers: Mutex::default(),
        }
    }

    /// Whether the other end is on this machine.
    pub fn is_loopback(&self) -> bool {
        self.peer.ip().to_canonical().is_loopback()
    }

    /// The address of this machine that was connected to.
    pub fn local(&self) -> Option<IpAddr> {
        self.local
    }

    /// Resets the connection; whatever was not sent yet is lost.
    pub fn cut(&self) {
        self.cut.store(true, SeqCst);
        let mut wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
        for waker in wakers.iter_mut().filter_map(Option::take) {
            waker.wake();
        }
    }

    /// Whether it was cut.
    pub fn is_cut(&self) -> bool {
        self.cut.load(SeqCst)
    }

    /// The error of reading from it (slot 0) or writing to it (slot 1) once it is cut; until then the
    /// task is woken by the cut.
    pub fn refuse(&self, slot: usize, context: &Context<'_>) -> Option<io::Error> {
        // The waker is left first: a cut between the two steps must still wake this task.
        self.wakers.lock().unwrap_or_else(PoisonError::into_inner)[slot] =
            Some(context.waker().clone());
        self.is_cut()
            .then(|| io::Error::from(io::ErrorKind::ConnectionReset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        let from = |peer: &str| {
            let line = Line::new(gws_world::Line(1), peer.parse().unwrap(), None);
            line.is_loopback()
        };
        assert!(from("127.0.0.1:1") && from("[::1]:1") && from("[::ffff:127.0.0.1]:1"));
        assert!(!from("192.0.2.1:1") && !from("[2001:db8::1]:1"));
    }
}
