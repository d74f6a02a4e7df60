//! Words of the page about delivery. Nothing is called received without a receipt.

words! {
    TITLE = "Pengiriman ke pusat", "Delivery to central";
    COUNT = "{} dari {} diterima", "{} of {} received";
    COUNT_HELP = "Diterima berarti: pusat sudah menandatangani tanda terima, dan tanda terima itu tersimpan di sini.", "Received means: central has signed a receipt, and the receipt is kept here.";
    ALL_RECEIVED = "Semua sudah diterima pusat, dengan tanda terima.", "Central has received everything, with receipts.";
    KEPT_HERE = "Semua aman tersimpan di perangkat ini. Pengiriman diulang sendiri; halaman ini boleh ditinggal.", "All of it is safe on this machine. Delivery repeats itself; you may leave this page.";
    SENDING_NOW = "Sedang mengirim. Halaman ini boleh ditinggal.", "Sending now. You may leave this page.";
    ONLY_SET_ASIDE = "Sisanya ditolak pusat dan perlu dilihat petugas.", "What is left was refused by central; a person has to look.";
    NOBODY_DELIVERS = "Semua aman tersimpan di perangkat ini. Halaman ini dijalankan tanpa pengiriman.", "All of it is safe on this machine. This page runs without delivery.";
    HINDERED = "Catatan di perangkat ini sedang tidak dapat dibaca untuk pengiriman. Periksa ruang disk; yang tersimpan tidak hilang.", "Delivery cannot use the records on this machine right now. Check the free disk space; nothing stored is lost.";
    ALARM = "Perhatian: pusat menyimpan catatan lain untuk TPS ini. Hubungi helpdesk KPU; jangan merekam di perangkat lain.", "Attention: central holds another record of this station. Call the KPU help desk; do not record on another machine.";
    NEXT = "Dicoba lagi pukul {}.", "Next try at {}.";
    LAST_TROUBLE = "Kendala terakhir", "Last trouble";
    TRY_NOW = "Coba sekarang", "Try now";
    LIST = "Satu per satu", "One by one";
    STORED = "tersimpan di sini", "stored here";
    WAITING = "menunggu", "waiting";
    SENDING = "mengirim · {} %", "sending · {} %";
    RECEIVED = "diterima (tanda terima)", "received (receipt)";
    SET_ASIDE = "disisihkan", "set aside";
    SET_ASIDE_HELP = "Pusat menolak yang ini. Hubungi helpdesk KPU dan bacakan jawaban pusat; setelah diperbaiki tekan “Coba sekarang”.", "Central refused this one. Call the KPU help desk and read out central's answer; press “Try now” once it is mended.";
    CENTRAL_SAID = "Jawaban pusat", "Central's answer";
    UNKNOWN = "Belum ada jawaban; dikirim ulang, dan pusat mengenali yang sudah ada.", "No answer yet; it goes again, and central knows what it has already.";
    ENTRY = "Catatan {}", "Record {}";
    NO_NETWORK = "Pusat tidak terjangkau: tidak ada internet atau sinyal.", "Central cannot be reached: there is no internet or signal.";
    NOT_SECURE = "Jaringan ini mengganggu sambungan aman. Coba jaringan lain.", "This network breaks the secure connection. Try another network.";
    SLOW = "Sambungan terputus atau terlalu lambat.", "The connection broke off or is too slow.";
    PORTAL = "Yang menjawab bukan pusat, mungkin halaman masuk Wi-Fi. Buka peramban untuk masuk ke Wi-Fi, atau pakai data seluler.", "Somebody else answered, perhaps the Wi-Fi's log-in page. Log in to the Wi-Fi in a browser, or use mobile data.";
    CENTRAL_BUSY = "Pusat sedang sibuk dan minta dikirim lagi nanti.", "Central is busy and asks to try again later.";
    NO_RECEIPT = "Jawaban datang tanpa tanda terima yang sah; belum dianggap diterima.", "An answer came without a valid receipt; it does not count as received.";
    DAMAGED = "Data rusak di jalan; yang di sini utuh dan dikirim lagi.", "The data was damaged on the way; the copy here is whole and goes again.";
    EARLIER_FIRST = "Pusat menunggu catatan yang lebih awal; itu dikirim dulu.", "Central waits for earlier records; they go first.";
    DISK = "Foto tidak dapat dibaca dari disk perangkat ini. Hubungi helpdesk KPU.", "The photo cannot be read from this machine's disk. Call the KPU help desk.";
    OPENED = "Pembukaan TPS", "Opening of the station";
    READ = "Bacaan formulir", "Reading of a form";
    PHOTO = "Keterangan foto halaman", "Note of a page photo";
    PAPER = "Keterangan foto berkas", "Note of a paper photo";
    INCIDENT = "Kejadian khusus", "Incident";
    RESULT = "Hasil tersegel", "Sealed result";
    COPY_GIVEN = "Salinan untuk saksi atau pengawas", "Copy for a saksi or the pengawas";
    CLOSED = "Penutupan hari", "Close of the day";
    PHOTO_OF_PAGE = "Foto halaman {} — {}", "Photo of page {} — {}";
    PHOTO_OF_PAPER = "Foto {}", "Photo of {}";
}
