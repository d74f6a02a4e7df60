//! A server on loopback that speaks whatever bytes a test gives it, one behaviour for each connection.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a connection.
#[derive(Debug, Clone)]
pub(crate) enum Behaviour {
    /// Reads the request, sends these bytes, closes.
    Say(Vec<u8>),
    /// Sends these bytes before anything is read, and closes.
    SayUnasked(Vec<u8>),
    /// Sends these bytes when the request's head is read, and closes without reading its body.
    SayAtOnce(Vec<u8>),
    /// Reads the request, sends these bytes, and then keeps the connection open in silence.
    SayAndStall(Vec<u8>),
    /// Reads nothing at all and keeps the connection open.
    Deaf,
    /// Closes the connection when the request's head is read.
    Cut,
}

/// The server. It ends with its runtime.
pub(crate) struct FakeHttp {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl FakeHttp {
    pub(crate) async fn start(behaviours: Vec<Behaviour>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let address = listener.local_addr().expect("an address");
        let (heads, bodies) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<Vec<Vec<u8>>>>::default());
        let kept = (Arc::clone(&heads), Arc::clone(&bodies));
        tokio::spawn(async move {
            for behaviour in behaviours {
                let (stream, _) = listener.accept().await.expect("accepts");
                let (heads, bodies) = (Arc::clone(&kept.0), Arc::clone(&kept.1));
                tokio::spawn(serve(stream, behaviour, heads, bodies));
            }
            // Held, so that a further connection waits instead of being refused.
            std::future::pending::<()>().await;
            drop(listener);
        });
        Self { address, heads, bodies }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Heads of the requests so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no test panicked here").clone()
    }

    /// Bodies of the requests that were read whole.
    pub(crate) fn bodies(&self) -> Vec<Vec<u8>> {
        self.bodies.lock().expect("no test panicked here").clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    behaviour: Behaviour,
    heads: Arc<Mutex<Vec<String>>>,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
) {
    if matches!(behaviour, Behaviour::Deaf) {
        std::future::pending::<()>().await;
    }
    if let Behaviour::SayUnasked(bytes) = &behaviour {
        stream.write_all(bytes).await.expect("writes");
        return;
    }
    let (head, body) = read_head(&mut stream).await;
    heads.lock().expect("no test panicked here").push(head.clone());
    match behaviour {
        Behaviour::Deaf | Behaviour::SayUnasked(_) | Behaviour::Cut => {}
        Behaviour::SayAtOnce(bytes) => stream.write_all(&bytes).await.expect("writes"),
        Behaviour::Say(bytes) => {
            let body = read_body(&mut stream, &head, body).await;
            bodies.lock().expect("no test panicked here").push(body);
            stream.write_all(&bytes).await.expect("writes");
        }
        Behaviour::SayAndStall(bytes) => {
            let body = read_body(&mut stream, &head, body).await;
            bodies.lock().expect("no test panicked here").push(body);
            stream.write_all(&bytes).await.expect("writes");
            std::future::pending::<()>().await;
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            return (String::from_utf8(bytes).expect("a head is text").to_lowercase(), body);
        }
        let read = stream.read_buf(&mut bytes).await.expect("reads");
        assert_ne!(read, 0, "the request has a whole head");
    }
}

async fn read_body(stream: &mut TcpStream, head: &str, mut body: Vec<u8>) -> Vec<u8> {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(0, |text| text.trim().parse().expect("a length"));
    while body.len() < length {
        let read = stream.read_buf(&mut body).await.expect("reads");
        assert_ne!(read, 0, "the body is as long as its head says");
    }
    body
}

/// An answer with these header lines and this body.
pub(crate) fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for header in headers {
        text += header;
        text += "\r\n";
    }
    [text.as_bytes(), b"\r\n", body].concat()
}
