//! What a person sees while the outbox is delivered: one bar for all items with the time that is left, one for each photo
//! under way, one line for what happens.

use std::collections::BTreeMap;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use tokio::sync::mpsc::UnboundedReceiver;

use super::screen::Screen;
use crate::protocol::receipt::{Item, What};
use crate::store::Delivery;
use crate::sync::Event;
use crate::sync::http::HttpUplink;

/// The bars of one delivery. They are hidden when standard error is no terminal.
pub(super) struct Bars {
    screen: Screen,
    all: MultiProgress,
    items: ProgressBar,
    photos: BTreeMap<Item, ProgressBar>,
    line: ProgressBar,
    /// Bytes of photos that have no receipt.
    left: u64,
    uplink: HttpUplink,
}

impl Bars {
    /// Bars that start where the delivery stands, with so many bytes of photos to go over `uplink`.
    pub(super) fn new(screen: Screen, before: &Delivery, left: u64, uplink: HttpUplink) -> Self {
        let all = MultiProgress::new();
        if screen.json {
            all.set_draw_target(indicatif::ProgressDrawTarget::hidden());
        }
        let received = screen.word("diterima", "received");
        let items = all.add(ProgressBar::new(before.entries + before.photos));
        items.set_style(style(&format!("{{bar:30}} {{pos}}/{{len}} {received} {{msg}}")));
        items.set_position(before.entries_received + before.photos_received);
        let line = all.add(ProgressBar::new(0));
        line.set_style(style("{msg}"));
        Self { screen, all, items, photos: BTreeMap::new(), line, left, uplink }
    }

    /// Follows the events until the worker is gone.
    pub(super) async fn watch(mut self, mut events: UnboundedReceiver<Event>) {
        while let Some(event) = events.recv().await {
            self.show(&event);
        }
        for bar in self.photos.values().chain([&self.line, &self.items]) {
            bar.finish_and_clear();
        }
    }

    fn show(&mut self, event: &Event) {
        match event {
            Event::Sending { item, bytes, .. } => self.begin(item, *bytes),
            Event::Progress { item, sent } => {
                if let Some(bar) = self.photos.get(item) {
                    bar.set_position(*sent);
                }
            }
            Event::Stored { item } => self.received(item),
            Event::Later { item, later, retry_at } => {
                self.end(item);
                let again = self.screen.word("lagi pada", "again at");
                self.line.set_message(format!("{item}: {} — {again} {retry_at}", later.detail));
            }
            Event::Light { photo, copy } => {
                self.end(copy);
                let light = self.screen.word("salinan ringan sudah di pusat", "light copy at central");
                self.line.set_message(format!("{light}: {}", photo.short()));
            }
            Event::NoLight { copy, reason } => {
                self.end(copy);
                let without = self.screen.word("salinan ringan tidak dikirim", "light copy not sent");
                self.line.set_message(format!("{without}: {copy}: {reason}"));
            }
            Event::SetAside { item, reason } => {
                self.end(item);
                let refused = self.screen.word("ditolak pusat", "refused by central");
                self.note(&format!("{refused}: {item}: {reason}"));
            }
            Event::Alarm(alarm) => self.note(&format!("! {alarm}")),
            Event::Unanswered(later) => self.line.set_message(later.detail.clone()),
            Event::Hindered { reason } => self.note(reason),
            Event::Waiting { until, .. } => {
                let next = self.screen.word("percobaan berikutnya", "next try");
                self.line.set_message(format!("{next} {until}"));
            }
            Event::Stuck | Event::Done => self.line.set_message(""),
        }
    }

    fn begin(&mut self, item: &Item, bytes: u64) {
        self.line.set_message(item.to_string());
        if let What::Photo(_) = item.what {
            let bar = self.all.insert_before(&self.line, ProgressBar::new(bytes));
            bar.set_style(style("{bar:30} {bytes}/{total_bytes} {msg}"));
            bar.set_message(item.to_string());
            self.photos.insert(*item, bar);
        }
    }

    fn received(&mut self, item: &Item) {
        self.end(item);
        self.items.inc(1);
        self.left = self.left.saturating_sub(item.what.photo_bytes());
        self.tell_time();
    }

    fn end(&mut self, item: &Item) {
        if let Some(bar) = self.photos.remove(item) {
            bar.finish_and_clear();
        }
    }

    fn tell_time(&self) {
        let time = self.uplink.traffic().time_for(self.left).filter(|_| self.left > 0);
        self.items.set_message(time.map(|time| format!("· ≈ {} min", time.as_secs().div_ceil(60))).unwrap_or_default());
    }

    /// A line that stays above the bars; on standard error too when there are none.
    fn note(&self, text: &str) {
        if self.all.is_hidden() {
            super::screen::complain(&format!("{text}\n"));
        } else {
            // A terminal that has gone away does not hinder delivery.
            let _ = self.all.println(text);
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
