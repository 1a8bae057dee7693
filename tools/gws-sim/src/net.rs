//! The listening socket, and connections that can be cut.
//!
//! A fault such as "the connection was reset before the answer" needs hold of the socket itself,
//! so every accepted stream is wrapped: cutting its [`Line`] makes each further read and write
//! fail, hyper then drops the stream, and a zero linger turns the close into a TCP reset.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// One accepted connection, as the request handlers see it.
#[derive(Debug)]
pub struct Line {
    peer: SocketAddr,
    local: Option<IpAddr>,
    cut: AtomicBool,
    socket: AtomicBool,
    wakers: Mutex<[Option<Waker>; 2]>,
}

/// Every open connection; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<Weak<Line>>>>);

/// A listener whose streams are registered in [`Lines`].
#[derive(Debug)]
pub struct CuttableListener {
    /// The bound socket.
    pub listener: TcpListener,
    /// Where accepted connections are registered.
    pub lines: Lines,
}

/// A TCP stream that obeys its [`Line`].
#[derive(Debug)]
pub struct CuttableStream {
    stream: TcpStream,
    line: Arc<Line>,
}

/// What axum hands to the handlers about the connection of a request.
#[derive(Debug, Clone)]
pub struct Caller(pub Arc<Line>);

impl Line {
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

    /// Marks the connection as carrying a WebSocket.
    pub fn mark_socket(&self) {
        self.socket.store(true, SeqCst);
    }

    /// Whether the connection carries a WebSocket.
    pub fn is_socket(&self) -> bool {
        self.socket.load(SeqCst)
    }

    fn refuse(&self, slot: usize, context: &Context<'_>) -> Option<io::Error> {
        // The waker is left first: a cut between the two steps must still wake this task.
        self.wakers.lock().unwrap_or_else(PoisonError::into_inner)[slot] =
            Some(context.waker().clone());
        self.cut
            .load(SeqCst)
            .then(|| io::Error::from(io::ErrorKind::ConnectionReset))
    }
}

impl Lines {
    /// The connections still open.
    pub fn open(&self) -> Vec<Arc<Line>> {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| line.strong_count() > 0);
        lines.iter().filter_map(Weak::upgrade).collect()
    }

    /// Cuts every connection that `which` picks, and says how many.
    pub fn cut(&self, which: impl Fn(&Arc<Line>) -> bool) -> usize {
        let open = self.open();
        let picked = open.iter().filter(|line| which(line));
        picked.map(|line| line.cut()).count()
    }
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (CuttableStream, SocketAddr) {
        let (stream, peer) = Listener::accept(&mut self.listener).await;
        // Events are small and single: waiting to fill a segment would only make them late.
        let _ = stream.set_nodelay(true);
        let local = stream.local_addr().ok();
        let line = Arc::new(Line {
            peer,
            local: local.map(|address| address.ip().to_canonical()),
            cut: AtomicBool::new(false),
            socket: AtomicBool::new(false),
            wakers: Mutex::default(),
        });
        let mut lines = self.lines.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| line.strong_count() > 0);
        lines.push(Arc::downgrade(&line));
        drop(lines);
        (CuttableStream { stream, line }, peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Caller {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Caller {
        Caller(Arc::clone(&stream.io().line))
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.line.refuse(0, context) {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.line.refuse(1, context) {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A cut connection must not say goodbye first: a FIN would reach the client as a clean end.
        if self.line.cut.load(SeqCst) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Drop for CuttableStream {
    fn drop(&mut self) {
        if self.line.cut.load(SeqCst) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        let from = |peer: &str| {
            let line = Line {
                peer: peer.parse().unwrap(),
                local: None,
                cut: AtomicBool::new(false),
                socket: AtomicBool::new(false),
                wakers: Mutex::default(),
            };
            line.is_loopback()
        };
        assert!(from("127.0.0.1:1") && from("[::1]:1") && from("[::ffff:127.0.0.1]:1"));
        assert!(!from("192.0.2.1:1") && !from("[2001:db8::1]:1"));
    }
}
