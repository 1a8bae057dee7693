//! `gws-sim`: starts the simulator from the command line.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use gws_sim::args::Args;
use gws_sim::server::Server;

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gws-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(args: Args) -> io::Result<()> {
    let server = Server::bind(args).await?;
    println!("listening on http://{}", server.address());
    server.run().await
}
