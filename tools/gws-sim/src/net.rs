//! The listening socket, and connections that can be cut.
//!
//! A fault such as "the connection was reset before the answer" needs hold of the socket itself,
//! so every accepted stream is wrapped: cutting its [`Line`] makes each further read and write
//! fail, hyper then drops the stream, and a zero linger turns the close into a TCP reset.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::line::Line;
use crate::sim::Sim;

/// A listener whose streams can be cut.
#[derive(Debug)]
pub struct CuttableListener {
    /// The bound socket.
    pub listener: TcpListener,
    /// Who is told of its connections.
    pub sim: Arc<Sim>,
}

/// A TCP stream that obeys its [`Line`].
#[derive(Debug)]
pub struct CuttableStream {
    stream: TcpStream,
    line: Arc<Line>,
    sim: Arc<Sim>,
}

/// What axum hands to the handlers about the connection of a request.
#[derive(Debug, Clone)]
pub struct Caller(pub Arc<Line>);

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (CuttableStream, SocketAddr) {
        let (stream, peer) = Listener::accept(&mut self.listener).await;
        // Events are small and single: waiting to fill a segment would only make them late.
        let _ = stream.set_nodelay(true);
        let local = stream.local_addr().ok();
        let local = local.map(|address| address.ip().to_canonical());
        let stream = CuttableStream {
            stream,
            line: self.sim.line_opened(peer, local),
            sim: Arc::clone(&self.sim),
        };
        (stream, peer)
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
        if self.line.is_cut() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Drop for CuttableStream {
    fn drop(&mut self) {
        if self.line.is_cut() {
            let _ = self.stream.set_zero_linger();
        }
        self.sim.line_closed(self.line.number);
    }
}
