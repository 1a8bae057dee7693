//! The running simulator: one listening socket that can be restarted.

use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::args::Args;
use crate::net::{Caller, CuttableListener};
use crate::sim::{Restart, Sim};
use crate::{api, host, static_files};

/// A simulator that is bound to its port and not running yet.
#[derive(Debug)]
pub struct Server {
    sim: Arc<Sim>,
    listener: TcpListener,
    address: SocketAddr,
    restarts: mpsc::UnboundedReceiver<Restart>,
}

impl Server {
    /// Takes the port.
    ///
    /// # Errors
    /// Those of binding the address.
    pub async fn bind(args: Args) -> io::Result<Server> {
        let listener = TcpListener::bind((args.host, args.port)).await?;
        let address = listener.local_addr()?;
        let (sender, restarts) = mpsc::unbounded_channel();
        Ok(Server {
            sim: Arc::new(Sim::new(args, address, sender)),
            listener,
            address,
            restarts,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process ends or the future is dropped.
    ///
    /// # Errors
    /// Those of taking the port again after a restart.
    pub async fn run(self) -> io::Result<()> {
        let sim = Arc::clone(&self.sim);
        tokio::select! {
            served = self.serve() => served,
            () = sim.pump() => Ok(()),
        }
    }

    async fn serve(mut self) -> io::Result<()> {
        let router = router(&self.sim);
        let mut listener = Some(self.listener);
        loop {
            let bound = match listener.take() {
                Some(listener) => listener,
                None => bind_again(self.address).await?,
            };
            let listener = CuttableListener {
                listener: bound,
                sim: Arc::clone(&self.sim),
            };
            let service = router
                .clone()
                .into_make_service_with_connect_info::<Caller>();
            let restart = tokio::select! {
                served = axum::serve(listener, service).into_future() => return served,
                restart = self.restarts.recv() => restart,
            };
            // Here the serving is dropped already, and the port with it.
            if let Some(Restart { down, closed }) = restart {
                let _ = closed.send(());
                sleep(down).await;
            }
        }
    }
}

fn router(sim: &Arc<Sim>) -> Router {
    Router::new()
        .merge(api::routes(sim))
        .fallback(static_files::get)
        .layer(from_fn_with_state(Arc::clone(sim), host::guard))
        .with_state(Arc::clone(sim))
}

/// The port was ours a moment ago; a client's socket may still be using it as its own.
async fn bind_again(address: SocketAddr) -> io::Result<TcpListener> {
    let mut tries = 0;
    loop {
        match TcpListener::bind(address).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tries < 100 => {
                tries += 1;
                sleep(Duration::from_millis(50)).await;
            }
            bound => return bound,
        }
    }
}
