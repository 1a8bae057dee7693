//! The I/O of a WebSocket: text frames to the machine and back.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use gws_world::Line;

use crate::sim::Sim;

/// Serves one socket until it closes.
pub async fn serve(sim: Arc<Sim>, line: Line, mut socket: WebSocket) {
    let mut frames = sim.socket_opened(line);
    loop {
        tokio::select! {
            came = socket.recv() => match came {
                Some(Ok(Message::Text(text))) => sim.socket_text(line, &text),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
            frame = frames.recv() => {
                let Some(text) = frame else { break };
                if socket.send(Message::Text(text.into())).await.is_err() {
                    break;
                }
            }
        }
    }
    sim.socket_closed(line);
}
