//! The running simulator: one lock around the world, one listening socket that can be restarted.

use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use crate::args::Args;
use crate::net::{Caller, CuttableListener, Lines};
use crate::state::World;
use crate::{control, host, rest, scenario, static_files};

/// What every request handler shares.
#[derive(Debug)]
pub struct Sim {
    /// How the simulator was started.
    pub args: Args,
    /// Open connections.
    pub lines: Lines,
    world: Mutex<World>,
    restarts: mpsc::UnboundedSender<Restart>,
}

/// A simulator that is bound to its port and not running yet.
#[derive(Debug)]
pub struct Server {
    sim: Arc<Sim>,
    listener: TcpListener,
    address: SocketAddr,
    restarts: mpsc::UnboundedReceiver<Restart>,
}

#[derive(Debug)]
struct Restart {
    down: Duration,
    closed: oneshot::Sender<()>,
}

impl Sim {
    /// The world, for as long as the guard lives; never held across an await.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the listening socket, returns once it is closed, and has it open again on the same
    /// port after `down`.
    pub async fn close_port(&self, down: Duration) {
        let (closed, is_closed) = oneshot::channel();
        if self.restarts.send(Restart { down, closed }).is_ok() {
            let _ = is_closed.await;
        }
    }
}

impl Server {
    /// Takes the port and builds the world.
    ///
    /// # Errors
    /// Those of binding the address.
    pub async fn bind(args: Args) -> io::Result<Server> {
        let listener = TcpListener::bind((args.host, args.port)).await?;
        let address = listener.local_addr()?;
        let mut world = World::new(&args);
        world.base = format!("http://{address}");
        let (sender, restarts) = mpsc::unbounded_channel();
        let sim = Arc::new(Sim {
            args,
            lines: Lines::default(),
            world: Mutex::new(world),
            restarts: sender,
        });
        Ok(Server {
            sim,
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
    pub async fn run(mut self) -> io::Result<()> {
        let mut player = scenario::Player::new(&self.sim);
        let router = router(&self.sim);
        let mut listener = Some(self.listener);
        loop {
            let bound = match listener.take() {
                Some(listener) => listener,
                None => bind_again(self.address).await?,
            };
            let lines = self.sim.lines.clone();
            let service = router
                .clone()
                .into_make_service_with_connect_info::<Caller>();
            let serving = axum::serve(
                CuttableListener {
                    listener: bound,
                    lines,
                },
                service,
            );
            let restart = tokio::select! {
                served = serving.into_future() => return served,
                restart = self.restarts.recv() => restart,
                () = player.play() => None,
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
        .merge(rest::routes())
        .merge(control::routes())
        .fallback(static_files::get)
        .layer(from_fn_with_state(Arc::clone(sim), rest::gate::gate))
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
