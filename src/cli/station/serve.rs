//! `plano station serve`: the page of the two officers, until Ctrl-C.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;

use crate::cli::failure::{Failure, Outcome};
use crate::cli::runtime;
use crate::cli::screen::Screen;
use crate::form::Lang;
use crate::recorder::Place;
use crate::web::{Config, Server};

/// Where the page listens.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address and port on this machine; port 0 lets the system choose
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
}

/// Serves the page until it is interrupted.
pub(super) fn run(screen: Screen, place: &Place, verb: &Serve) -> Outcome {
    let config = Config::plain(verb.listen);
    runtime()?.block_on(async {
        let server = Server::start(config, place).map_err(|error| Failure::caused("serve", &error))?;
        let address = format!("http://{}", server.addr());
        screen.value(&serde_json::json!({ "address": address }))?;
        screen.line(match screen.lang {
            Lang::Id => format!("Buka {address} di peramban. Ctrl-C untuk berhenti; yang tersimpan tidak hilang."),
            Lang::En => format!("Open {address} in a browser. Ctrl-C stops; nothing that was stored is lost."),
        });
        let _ = tokio::signal::ctrl_c().await;
        server.shutdown().await;
        Ok(ExitCode::SUCCESS)
    })
}
