//! The log-in page of a network that answers in everybody's place.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const PAGE: &str =
    "<!doctype html><title>Masuk</title><form action=/login><input name=kode><button>Masuk</button></form>";

/// Answers the first request of a connection: with the page, or with where the page is.
pub(super) async fn answer(mut client: TcpStream, redirects: bool) {
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match client.read(&mut buffer).await {
            Ok(read @ 1..) => head.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    let status = if redirects { "302 Found\r\nLocation: http://login.hotspot.test/" } else { "200 OK" };
    let length = PAGE.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{PAGE}"
    );
    // Who went away meanwhile needs no answer.
    if client.write_all(answer.as_bytes()).await.is_ok() && client.shutdown().await.is_ok() {
        // Read on, so that closing with unread bytes does not take the answer back.
        while matches!(client.read(&mut buffer).await, Ok(1..)) {}
    }
}
