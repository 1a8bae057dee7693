//! `gws-sim`: starts the simulator from the command line.

use std::process::ExitCode;

use gws_sim::args::{Args, HELP};
use gws_sim::server::Server;

fn main() -> ExitCode {
    let args = match Args::parse(std::env::args().skip(1)) {
        Ok(Some(args)) => args,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(words) => {
            eprintln!("gws-sim: {words}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let ended = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let server = Server::bind(args).await?;
            println!("listening on http://{}", server.address());
            server.run().await
        })
    });
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gws-sim: {error}");
            ExitCode::FAILURE
        }
    }
}
